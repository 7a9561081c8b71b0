import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';

const MAX_TRIES = 240;
const PAUSE_MS = 250;

/** A registry of npm packages on 127.0.0.1 (verdaccio), which passes on another one's packages, but for ours. */
export class OwnRegistry {
  readonly url: string;
  readonly #folder: string;
  readonly #program: string;
  readonly #upstream: string;
  readonly #port: number;
  #process: ChildProcess | undefined;

  /**
   * @param folder for what it stores
   * @param program verdaccio's file
   * @param upstream the registry whose packages it passes on
   */
  constructor(folder: string, program: string, upstream: string, port: number) {
    this.url = `http://127.0.0.1:${port}/`;
    this.#folder = folder;
    this.#program = program;
    this.#upstream = upstream;
    this.#port = port;
  }

  /** @throws Error if it ends, or does not answer within a minute */
  async start(): Promise<void> {
    mkdirSync(this.#folder, { recursive: true });
    const config = join(this.#folder, 'config.yaml');
    const open = { access: '$all', publish: '$all', unpublish: '$all' };
    const settings = {
      storage: join(this.#folder, 'storage'),
      uplinks: { upstream: { url: this.#upstream, maxage: '60m' } },
      packages: { '@inkcast/*': open, inkcast: open, '**': { access: '$all', proxy: 'upstream' } },
      max_body_size: '100mb',
      log: { type: 'stdout', level: 'error' },
    };
    writeFileSync(config, stringify(settings));
    const args = [this.#program, '--config', config, '--listen', `127.0.0.1:${this.#port}`];
    this.#process = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
    for (let attempt = 0; attempt < MAX_TRIES && this.#process.exitCode === null; attempt++) {
      const answer = await fetch(`${this.url}-/ping`).catch(() => undefined);
      if (answer?.ok === true) return;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    this.stop();
    throw new Error('the registry does not answer');
  }

  stop(): void {
    this.#process?.kill();
    this.#process = undefined;
  }
}
