import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openCharacterReader } from '@inkcast/device/characters';
import type { Terminal } from '@inkcast/shared/cli';
import { runCommandLine } from '@inkcast/training/cli';
import { INKCAST_TRAIN } from '../../support/built-programs.js';
import { runInProcess } from '../../support/run-in-process.js';

export interface CommandResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The commands as the program has them: with the device's sight. */
export const trainingCommandLine = (words: readonly string[], terminal: Terminal): Promise<number> =>
  runCommandLine(words, terminal, openCharacterReader);

/** Runs `inkcast-train` in this process. */
export async function inkcastTrain(...args: string[]): Promise<CommandResult> {
  return { ...(await runInProcess(trainingCommandLine, args)), signal: null };
}

/** A started `inkcast-train` process. */
export class CommandProcess {
  readonly child: ChildProcess;
  #stdout = '';
  #stderr = '';
  readonly #exit: Promise<[number | null, NodeJS.Signals | null]>;

  /**
   * @param limitKilobytes largest file that the process may write; default: no limit
   * @param memoryKilobytes most address space that it may have; default: no limit
   */
  constructor(
    args: readonly string[],
    options: { readonly limitKilobytes?: number; readonly memoryKilobytes?: number } = {},
  ) {
    const { limitKilobytes = 'unlimited', memoryKilobytes = 'unlimited' } = options;
    const command = [process.execPath, INKCAST_TRAIN, ...args];
    const limits = `ulimit -f ${limitKilobytes} -v ${memoryKilobytes}`;
    this.child = spawn('bash', ['-c', `${limits}; exec "$@"`, 'bash', ...command]);
    this.child.stdout?.on('data', (chunk) => {
      this.#stdout += chunk;
    });
    this.child.stderr?.on('data', (chunk) => {
      this.#stderr += chunk;
      this.child.emit('stderr');
    });
    this.#exit = once(this.child, 'close').then(([code, signal]) => [code, signal]);
  }

  /** Waits until standard error contains `text`. */
  async says(text: string): Promise<void> {
    const ended = this.#exit.then(([code]) => {
      throw new Error(`ended with ${code} before it said "${text}": ${this.#stderr}`);
    });
    ended.catch(() => {});
    while (!this.#stderr.includes(text)) await Promise.race([once(this.child, 'stderr'), ended]);
  }

  async result(): Promise<CommandResult> {
    const [code, signal] = await this.#exit;
    return { code, signal, stdout: this.#stdout, stderr: this.#stderr };
  }
}
