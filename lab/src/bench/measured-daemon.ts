import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { InkError } from '@inkcast/shared/errors';
import { serviceEnvironment } from './service-environment.js';

const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url));
/** As cameras are set by default. */
const FRAMES_PER_SECOND = 10;

/** What the daemon has counted so far. */
export interface Readout {
  /** Monotonic milliseconds. */
  readonly at: number;
  readonly frames: number;
  readonly latencySeconds: number;
  readonly residentBytes: number;
  /** Processor time of the process and its threads since its start. */
  readonly processorMs: number;
}

/** Linux counts processor time in these for programs, whatever the kernel uses (proc(5), sysconf(_SC_CLK_TCK)). */
const TICK_MS = 10;

/** An `inkcast run` of its own process, in the environment of the service, that reads the sample scenes. */
export class MeasuredDaemon {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
  }

  /**
   * @param folder for its configuration and its state
   * @param sections of the configuration that replace the default ones; by default there is no broker
   * @throws InkError INK_DAEMON_ENDED
   */
  static async start(folder: string, sections: object = {}): Promise<MeasuredDaemon> {
    const config = join(folder, 'inkcast.json');
    const scenes = join(REPOSITORY, 'assets/scenes/photos');
    await writeFile(
      config,
      JSON.stringify({
        camera: { source: 'directory', folder: scenes, loop: true, rate: FRAMES_PER_SECOND },
        mqtt: { url: 'mqtt://127.0.0.1:1' },
        storage: { folder: join(folder, 'state') },
        web: { port: 0 },
        log: { format: 'json' },
        ...sections,
      }),
    );
    const program = join(REPOSITORY, 'device/bin/inkcast.js');
    const child = spawn(process.execPath, [program, 'run', '--config', config], {
      env: await serviceEnvironment(),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const line of createInterface({ input: child.stdout })) {
      const { part, url } = JSON.parse(line);
      if (part !== 'web' || typeof url !== 'string') continue;
      child.stdout.resume();
      return new MeasuredDaemon(child, url);
    }
    throw new InkError('INK_DAEMON_ENDED', 'The measured daemon ended before it served its page.');
  }

  async read(): Promise<Readout> {
    const text = await (await fetch(`${this.url}metrics`)).text();
    const value = (name: string) => Number(new RegExp(`^inkcast_${name} (\\S+)$`, 'm').exec(text)?.[1]);
    return {
      at: performance.now(),
      frames: value('frames_total'),
      latencySeconds: value('frame_latency_seconds_sum'),
      residentBytes: value('resident_memory_bytes'),
      processorMs: await this.#processorMs(),
    };
  }

  async #processorMs(): Promise<number> {
    const stat = await readFile(`/proc/${this.#child.pid}/stat`, 'utf8');
    // The name of the program comes second, in parentheses; user and system time are fields 14 and 15 (proc(5)).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return TICK_MS * (Number(fields[11]) + Number(fields[12]));
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    await once(this.#child, 'close');
  }
}
