import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { INKCAST } from '../../support/built-programs.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** A started Node.js process that runs the daemon. */
export class NodeProcess {
  readonly #child: ChildProcess;
  readonly #exit: Promise<[number | null, NodeJS.Signals | null]>;
  #stdout = '';
  #stderr = '';

  constructor(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
    this.#child = spawn(process.execPath, [...args], { cwd: ROOT, env: { ...process.env, ...environment } });
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout += text;
      this.#child.emit('output');
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
    });
    this.#exit = once(this.#child, 'close').then(([code, signal]) => [code, signal]);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get stdout(): string {
    return this.#stdout;
  }

  get stderr(): string {
    return this.#stderr;
  }

  /** Resolves when standard output contains `text`, or matches it. */
  async prints(text: string | RegExp): Promise<void> {
    const ended = this.#exit.then(([code]) => {
      throw new Error(`ended with ${code} before it printed "${text}": ${this.#stdout}${this.#stderr}`);
    });
    ended.catch(() => {});
    const found = () => (typeof text === 'string' ? this.#stdout.includes(text) : text.test(this.#stdout));
    while (!found()) await Promise.race([once(this.#child, 'output'), ended]);
  }

  /** Asks it to end. */
  terminate(): void {
    this.#child.kill('SIGTERM');
  }

  /** Resolves with the exit code, or the signal that ended it. */
  async ended(): Promise<number | NodeJS.Signals | null> {
    const [code, signal] = await this.#exit;
    return code ?? signal;
  }

  /** Ends it in any case. */
  async end(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exit;
  }
}

/** A started `inkcast` process. */
export class InkcastProcess extends NodeProcess {
  /** @param given the command line; variables of the environment may stand among it */
  constructor(...given: (string | NodeJS.ProcessEnv)[]) {
    const args = given.filter((one) => typeof one === 'string');
    // Tests can run at the same time as other tests, and as a daemon of the user.
    const environment: NodeJS.ProcessEnv = Object.assign(
      { INKCAST_WEB_PORT: '0' },
      ...given.filter((one) => typeof one === 'object'),
    );
    super([INKCAST, ...args], environment);
  }
}
