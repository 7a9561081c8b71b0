import type { Readable } from 'node:stream';
import { asInkError, InkError } from '@inkcast/shared/errors';
import { ChildProgram } from './child-program.js';
import type { Complaint } from './complaint.js';
import { findProgram } from './find-program.js';
import { captureTime } from './frame.js';
import { minFrameInterval } from './frame-interval.js';
import type { FrameSink, FrameSource } from './frame-source.js';
import type { PictureCutter } from './picture-cutter.js';

/** A program that writes pictures to its standard output. */
export interface PictureProgram {
  /** Names or absolute paths, in order of preference. */
  readonly programs: readonly string[];
  /** The Debian package to install if none of them is found. */
  readonly debianPackage: string;
  readonly args: readonly string[];
  /** Text for the program's standard input. */
  readonly input?: string | undefined;
  readonly cutter: PictureCutter;
  /** Checks a line of the program's standard error. @returns an error if its pictures are useless */
  readonly object?: (line: string) => InkError | undefined;
  /** Maximum frames per second that are delivered; all by default. */
  readonly rate?: number;
  /** Whether each frame waits until the one before has been processed. */
  readonly waits: boolean;
  /** Whether exit code 0 is not a failure. */
  readonly mayEnd: boolean;
}

/** Frames from a program that runs as a child. */
export class ProgramSource implements FrameSource {
  readonly #of: PictureProgram;
  readonly #searchPath: string | undefined;
  #starting: Promise<void> | undefined;
  #child: ChildProgram | undefined;
  #running: Promise<void> | undefined;
  #stopping = false;
  #objection: InkError | undefined;

  /** @param searchPath folders to search for the program, instead of those of PATH */
  constructor(of: PictureProgram, searchPath?: string) {
    this.#of = of;
    this.#searchPath = searchPath;
  }

  /** @throws InkError INK_CAMERA_PROGRAM if the program is missing or cannot be started */
  start(sink: FrameSink): Promise<void> {
    this.#starting = this.#launch(sink);
    return this.#starting;
  }

  get complaint(): Complaint | undefined {
    return this.#child?.complaint;
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    // The caller of `start` was told about a failure; here only the end matters.
    await this.#starting?.catch(() => undefined);
    await this.#child?.stop();
    await this.#running;
  }

  async #launch(sink: FrameSink): Promise<void> {
    const { programs, debianPackage, args, input } = this.#of;
    const program = await findProgram(programs, this.#searchPath);
    if (program === undefined) {
      throw new InkError('INK_CAMERA_PROGRAM', `There is no ${programs.join(' and no ')} on this machine.`, {
        remedy: `Install it with: sudo apt install ${debianPackage}`,
      });
    }
    const child: ChildProgram = new ChildProgram({
      program,
      args,
      input,
      onLine: (line) => {
        this.#objection ??= this.#of.object?.(line);
        // This ends the program's output, and with it the run.
        if (this.#objection !== undefined) void child.stop();
      },
    });
    const output = await child.start();
    this.#child = child;
    this.#running = this.#run(sink, child, output);
  }

  async #run(sink: FrameSink, child: ChildProgram, output: Readable): Promise<void> {
    let failure: InkError | undefined;
    try {
      await this.#deliver(sink, output);
      failure = await child.ending(!this.#of.mayEnd);
    } catch (error) {
      failure = asInkError(error);
    }
    // A stop cuts the stream off, which is no failure.
    if (this.#stopping) return;
    await child.stop();
    sink.end(this.#objection ?? failure);
  }

  async #deliver(sink: FrameSink, output: Readable): Promise<void> {
    let sequence = 0;
    let due = 0;
    const gap = this.#of.rate === undefined ? 0 : 1000 * minFrameInterval(this.#of.rate);
    for await (const chunk of output) {
      for (const plane of this.#of.cutter.push(chunk)) {
        if (this.#stopping) return;
        const now = captureTime();
        if (now.at < due) continue;
        due = now.at + gap;
        const taken = sink.frame({ ...plane, ...now, sequence });
        if (this.#of.waits) await taken;
        sequence++;
      }
    }
  }
}
