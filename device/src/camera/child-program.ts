import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { InkError } from '@inkcast/shared/errors';
import { StderrTail } from './stderr-tail.js';

export interface ChildProgramOptions {
  readonly program: string;
  readonly args: readonly string[];
  /** Milliseconds from SIGTERM to SIGKILL. */
  readonly grace?: number;
}

/** With a hung camera, the daemon must still stop within 5 s. */
const GRACE = 1500;

/** A program that runs as a child and writes to a pipe. Whoever starts it must stop it. */
export class ChildProgram {
  readonly #options: ChildProgramOptions;
  readonly #tail = new StderrTail();
  #child: ChildProcess | undefined;
  #exited: Promise<unknown> = Promise.resolve();

  constructor(options: ChildProgramOptions) {
    this.#options = options;
  }

  /**
   * @returns what it writes to its standard output
   * @throws InkError INK_CAMERA_PROGRAM where it cannot be started
   */
  async start(): Promise<Readable> {
    const { program, args } = this.#options;
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    try {
      await once(child, 'spawn');
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new InkError('INK_CAMERA_PROGRAM', `${program} cannot be started: ${reason}.`, { cause });
    }
    this.#child = child;
    this.#exited = once(child, 'exit');
    child.stderr.setEncoding('utf8').on('data', (text: string) => this.#tail.push(text));
    return child.stdout;
  }

  /** Resolves when it has exited by itself, with what a person is told of it; `undefined` for exit code 0. */
  async ending(): Promise<string | undefined> {
    await this.#exited;
    if (this.#child?.exitCode === 0) return undefined;
    const { exitCode, signalCode } = this.#child ?? {};
    const how = signalCode ? `was ended by ${signalCode}` : `ended with exit code ${exitCode}`;
    return `${this.#name} ${how}${this.reason}`;
  }

  /** The line of its error output that says most, after a colon; empty if it wrote none. */
  get reason(): string {
    const line = this.#tail.mostTelling();
    return line === undefined ? '' : `: ${line}`;
  }

  /** Asks it to end, ends it if it does not obey, and resolves when it is gone. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      const insist = setTimeout(() => child.kill('SIGKILL'), this.#options.grace ?? GRACE);
      await this.#exited;
      clearTimeout(insist);
    }
    // A grandchild may hold the pipes open; nobody reads them any more.
    child.stdout?.destroy();
    child.stderr?.destroy();
  }

  get #name(): string {
    return basename(this.#options.program);
  }
}
