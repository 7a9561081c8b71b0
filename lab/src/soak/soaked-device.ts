import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { inRepository } from '../repository/index.js';

const historySchema = z.object({ events: z.array(z.object({ id: z.string() })) });

/** A daemon of its own process that is started again whenever it ends, as systemd does. */
export class SoakedDevice {
  readonly #config: string;
  readonly #environment: NodeJS.ProcessEnv;
  #child: ChildProcess | undefined;
  #startedAt = 0;
  #page: string | undefined;
  #isStopping = false;
  #starts = 0;
  #tail = '';

  constructor(config: string, environment: NodeJS.ProcessEnv = {}) {
    this.#config = config;
    this.#environment = { ...process.env, ...environment };
  }

  start(): void {
    this.#starts++;
    this.#startedAt = performance.now();
    this.#page = undefined;
    const program = inRepository('device/bin/inkcast.js');
    const child = spawn(process.execPath, [program, 'run', '--config', this.#config], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: this.#environment,
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#tail = (this.#tail + text).slice(-4000);
        this.#page ??= /"url":"(http:[^"]+)"/.exec(this.#tail)?.[1];
      });
    }
    child.once('exit', () => {
      if (!this.#isStopping) this.start();
    });
  }

  /** The last lines of its log. */
  get tail(): string {
    return this.#tail;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Resolves when it prints something new that matches. @throws Error if it does not within some time */
  async says(pattern: RegExp, withinMs: number): Promise<void> {
    const deadline = performance.now() + withinMs;
    this.#tail = '';
    while (!pattern.test(this.#tail)) {
      if (performance.now() > deadline) throw new Error(`it does not say ${pattern}: ${this.#tail}`);
      await wait(100);
    }
  }

  /** How often it was started. */
  get starts(): number {
    return this.#starts;
  }

  /** For how long the present process runs. */
  get ranMs(): number {
    return performance.now() - this.#startedAt;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** The ids of the newest events that it has stored; none while it cannot tell. */
  async storedEvents(): Promise<readonly string[]> {
    if (this.#page === undefined) return [];
    try {
      const answer = await fetch(`${this.#page}api/history?limit=1000`, { signal: AbortSignal.timeout(10_000) });
      const history = historySchema.safeParse(await answer.json());
      return history.success ? history.data.events.map(({ id }) => id) : [];
    } catch {
      return [];
    }
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
  }
}
