import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { InkError } from '@inkcast/shared/errors';
import { type Complaint, complain } from './complaint.js';
import { StderrTail } from './stderr-tail.js';

export interface ChildProgramOptions {
  readonly program: string;
  readonly args: readonly string[];
  /** Text for its standard input, which is closed after it. Arguments would show in the list of processes. */
  readonly input?: string | undefined;
  /** Milliseconds from SIGTERM to SIGKILL. */
  readonly grace?: number;
  /** Receives each line of the program's standard error. */
  readonly onLine?: (line: string) => void;
}

/** The daemon must stop within 5 s even if the camera hangs. */
const GRACE = 1500;
/** Milliseconds to wait for the last output after the program's end. A grandchild may hold the pipe open for ever. */
const LAST_WORDS_MS = 500;

/** A program that runs as a child and writes to a pipe. Whoever starts it must stop it. */
export class ChildProgram {
  readonly #options: ChildProgramOptions;
  readonly #tail: StderrTail;
  #child: ChildProcess | undefined;
  #exited: Promise<unknown> = Promise.resolve();
  #silent: Promise<unknown> = Promise.resolve();

  constructor(options: ChildProgramOptions) {
    this.#options = options;
    this.#tail = new StderrTail(options.onLine);
  }

  /**
   * @returns the program's standard output
   * @throws InkError INK_CAMERA_PROGRAM if it cannot be started
   */
  async start(): Promise<Readable> {
    const { program, args, input } = this.#options;
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    // A program that ends before it has read everything says why by itself.
    child.stdin.on('error', () => {}).end(input);
    try {
      await once(child, 'spawn');
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new InkError('INK_CAMERA_PROGRAM', `${program} cannot be started: ${reason}.`, { cause });
    }
    this.#child = child;
    this.#exited = once(child, 'exit');
    this.#silent = once(child.stderr, 'close').catch(() => undefined);
    child.stderr.setEncoding('utf8').on('data', (text: string) => this.#tail.push(text));
    return child.stdout;
  }

  /**
   * Resolves when the program has exited by itself.
   *
   * @param isFailure whether exit code 0 is a failure too
   * @returns the failure; `undefined` if the end is not a failure
   */
  async ending(isFailure: boolean): Promise<InkError | undefined> {
    await this.#exited;
    await Promise.race([this.#silent, wait(LAST_WORDS_MS, undefined, { ref: false })]);
    const { exitCode, signalCode } = this.#child ?? {};
    if (exitCode === 0 && !isFailure) return undefined;
    const how = signalCode ? `was ended by ${signalCode}` : `ended with exit code ${exitCode}`;
    const happened = exitCode === 0 ? 'The stream ended' : `${this.#name} ${how}`;
    return complain('INK_CAMERA_FAILED', happened, this.#tail.lastWords);
  }

  /** Why it fails or delivers nothing, in the program's own words. */
  get complaint(): Complaint | undefined {
    return this.#tail.complaint;
  }

  /** Terminates the program, kills it if it does not obey, and resolves when it is gone. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      const insist = setTimeout(() => child.kill('SIGKILL'), this.#options.grace ?? GRACE);
      await this.#exited;
      clearTimeout(insist);
    }
    // A grandchild may hold the pipes open, but nobody reads them any more.
    child.stdout?.destroy();
    child.stderr?.destroy();
  }

  get #name(): string {
    return basename(this.#options.program);
  }
}
