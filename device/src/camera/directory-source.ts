import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { asInkError, InkError } from '@inkcast/shared/errors';
import { decodePicture, frameOf, WORKING_SIDE } from './decode-picture.js';
import { captureTime } from './frame.js';
import type { FrameSink, FrameSource } from './frame-source.js';
import type { DirectoryOptions } from './options/index.js';
import { isPicture } from './picture-format.js';

export interface DirectorySourceOptions extends Pick<DirectoryOptions, 'folder' | 'rate' | 'loop'> {
  /** Whether sub-folders are searched too. */
  readonly recursive?: boolean;
  /**
   * Maximum frames per second. Each picture is repeated as often as a camera would see it. Default: the rate, so that
   * each picture is one frame.
   */
  readonly frameRate?: number;
  /** The longer side to which larger pictures are reduced, in pixels. */
  readonly maxSide?: number;
}

/** Delivers the pictures of a folder like a camera, in the order of their paths below the folder. */
export class DirectorySource implements FrameSource {
  readonly #options: DirectorySourceOptions;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;

  constructor(options: DirectorySourceOptions) {
    this.#options = options;
  }

  /** @throws InkError INK_CAMERA_FAILED if the folder cannot be listed or holds no picture */
  async start(sink: FrameSink): Promise<void> {
    const files = await this.#list();
    this.#running = this.#run(sink, files);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(sink: FrameSink, firstFiles: readonly string[]): Promise<void> {
    let sequence = 0;
    let files = firstFiles;
    let failure: InkError | undefined;
    try {
      do {
        for (const file of files) {
          if (this.#stopping.signal.aborted) return;
          sequence += await this.#show(sink, file, sequence);
        }
        if (this.#options.loop && !this.#stopping.signal.aborted) files = await this.#list();
      } while (this.#options.loop);
    } catch (error) {
      failure = asInkError(error);
    }
    if (!this.#stopping.signal.aborted) sink.end(failure);
  }

  /** Delivers one picture for as long as it is due. @returns the number of frames */
  async #show(sink: FrameSink, name: string, first: number): Promise<number> {
    const { folder, rate, frameRate = rate, maxSide = WORKING_SIDE } = this.#options;
    const file = join(folder, name);
    const frames = Math.max(1, Math.round(frameRate / rate));
    const spacing = 1000 / rate / frames;
    try {
      const picture = await decodePicture(file, maxSide);
      for (let frame = 0; frame < frames && !this.#stopping.signal.aborted; frame++) {
        const paced = this.#pause(spacing);
        await sink.frame(frameOf(picture, { ...captureTime(), sequence: first + frame, file }));
        await paced;
      }
      return frames;
    } catch (error) {
      sink.fault(asInkError(error));
      await this.#pause(spacing);
      return 0;
    }
  }

  /** A stop ends the pause early, which is no failure. */
  async #pause(ms: number): Promise<void> {
    await wait(ms, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }

  async #list(): Promise<string[]> {
    const { folder, recursive = false } = this.#options;
    const entries = await readdir(folder, { recursive, withFileTypes: true }).catch((cause: unknown) => {
      throw new InkError('INK_CAMERA_FAILED', `The folder ${folder} cannot be listed.`, {
        cause,
        remedy: 'Check the path and its permissions.',
      });
    });
    // A pipe would be waited for without an end.
    const files = entries.filter((entry) => entry.isFile() || entry.isSymbolicLink());
    const names = files.map(({ parentPath, name }) => relative(folder, join(parentPath, name)));
    const pictures = names.filter(isPicture).sort();
    if (pictures.length > 0) return pictures;
    throw new InkError('INK_CAMERA_FAILED', `The folder ${folder} holds no JPEG, PNG, WebP, AVIF or TIFF picture.`, {
      remedy: 'Name another folder, or put pictures there.',
    });
  }
}
