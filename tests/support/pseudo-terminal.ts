import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { stripVTControlCharacters } from 'node:util';

export const KEYS = { enter: '\r', down: '\u001b[B', up: '\u001b[A', interrupt: '\u0003' } as const;

/** A program on a terminal of 90 columns and 40 rows, created by Debian's `script`. The test types instead of a person. */
export class PseudoTerminal {
  readonly #child: ChildProcess;
  readonly #exit: Promise<number | null>;
  #raw = '';
  #passed = 0;

  /** @param words of the command line */
  constructor(words: readonly string[], { cwd, env }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv }) {
    const quoted = words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
    const command = `stty cols 90 rows 40; exec ${quoted}`;
    this.#child = spawn('script', ['-qec', command, '/dev/null'], { cwd, env });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#raw += text;
        this.#child.emit('output');
      });
    }
    this.#exit = once(this.#child, 'close').then(([code]) => code);
  }

  /** All that was written, with the sequences that colour it and move the cursor. */
  get raw(): string {
    return this.#raw;
  }

  /** All that was written, without them. */
  get text(): string {
    return stripVTControlCharacters(this.#raw);
  }

  /** Resolves when the output since the last call contains this text. */
  async shows(wanted: string): Promise<void> {
    const ended = this.#exit.then((code) => {
      throw new Error(`ended with ${code} before it showed "${wanted}":\n${this.text}`);
    });
    ended.catch(() => {});
    let at = -1;
    for (;;) {
      at = this.text.indexOf(wanted, this.#passed);
      if (at >= 0) break;
      await Promise.race([once(this.#child, 'output'), ended]);
    }
    this.#passed = at + wanted.length;
  }

  type(...keys: readonly string[]): void {
    this.#child.stdin?.write(keys.join(''));
  }

  /** Waits for a question, then answers it. */
  async answer(question: string, ...keys: readonly string[]): Promise<void> {
    await this.shows(question);
    this.type(...keys);
  }

  /** Resolves with the program's exit code. */
  async ended(): Promise<number | null> {
    return this.#exit;
  }

  /** Ends it in any case: without its terminal the program gets SIGHUP. */
  async end(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exit;
  }
}
