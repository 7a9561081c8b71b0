import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { InkError } from '@inkcast/shared/errors';
import { processStatus } from '../../process-status/index.js';
import { inRepository } from '../../repository/index.js';
import { serviceEnvironment } from '../service-environment.js';
import type { MemoryLimit } from './memory-limit.js';

const PROGRAM = inRepository('device/bin/inkcast.js');
const MEGABYTE = 1e6;
const KIBIBYTE = 1024;

/** Resident memory of a process. */
export interface Resident {
  readonly megabytes: number;
  /** The most since its start. */
  readonly mostMegabytes: number;
}

/** An `inkcast run` of its own process, in the environment of the service. */
export class MeasuredRun {
  readonly #child: ChildProcess;
  readonly #log: Interface;
  readonly #startedAt = performance.now();
  readonly #readingAfter: Promise<number>;
  #dropped: number | undefined;

  private constructor(child: ChildProcess & { readonly stdout: NodeJS.ReadableStream }) {
    this.#child = child;
    this.#log = createInterface({ input: child.stdout });
    this.#readingAfter = new Promise((resolve, reject) => {
      this.#log.on('line', (line) => {
        const { msg, dropped } = JSON.parse(line);
        if (msg === 'reading') resolve(performance.now() - this.#startedAt);
        if (msg === 'stopped') this.#dropped = dropped;
      });
      const ended = new InkError('INK_DAEMON_ENDED', 'The measured daemon ended before it read anything.');
      this.#log.once('close', () => reject(ended));
    });
    this.#readingAfter.catch(() => {});
  }

  /**
   * @param folder for its configuration and its state, which is empty
   * @param config a configuration without storage and log
   */
  static async start(folder: string, config: object, limit: MemoryLimit): Promise<MeasuredRun> {
    const file = join(folder, 'inkcast.json');
    const own = { storage: { folder: join(folder, 'state') }, log: { format: 'json' } };
    await writeFile(file, JSON.stringify({ ...config, ...own }));
    const [command, ...args] = limit.within([process.execPath, PROGRAM, 'run', '--config', file]);
    const env = await serviceEnvironment();
    return new MeasuredRun(spawn(command, args, { env, stdio: ['ignore', 'pipe', 'inherit'] }));
  }

  /** Milliseconds from the start of the process to the first reading. @throws InkError INK_DAEMON_ENDED if it ends before */
  firstReading(): Promise<number> {
    return this.#readingAfter;
  }

  /** Undefined once it has ended. */
  async resident(): Promise<Resident | undefined> {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid === undefined || exitCode !== null || signalCode !== null) return undefined;
    const status = await processStatus(pid);
    const value = (name: string) => (status(name) * KIBIBYTE) / MEGABYTE;
    return { megabytes: value('VmRSS'), mostMegabytes: value('VmHWM') };
  }

  /** @returns frames that it did not read because others had come; undefined if it did not end cleanly */
  async stop(): Promise<number | undefined> {
    const { exitCode, signalCode } = this.#child;
    if (exitCode === null && signalCode === null) {
      const closed = once(this.#child, 'close');
      this.#child.kill('SIGTERM');
      await closed;
    }
    return this.#dropped;
  }
}
