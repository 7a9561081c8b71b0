import { openEngine } from '@inkcast/reader/engine';
import type { InferenceBackEnd } from '@inkcast/reader/inference';
import { type OpenReader, openFrameReader } from '@inkcast/reader/reading';
import { type LumaFrame, openKernelVision } from '@inkcast/reader/vision';
import { readBundle } from '@inkcast/shared/bundle/content';
import { DIGIT_SIDE } from '@inkcast/shared/normalization';

export interface TimedFiles {
  /** The compiled kernels. */
  readonly vision: Uint8Array;
  readonly engine: Uint8Array;
  /** Reads a file of the bundle. */
  read(file: string): Promise<Uint8Array>;
}

/** What one round takes, in milliseconds. */
export interface Round {
  /** Each frame, from luma to reading. */
  readonly frames: readonly number[];
  /** One crop through the classifier. */
  readonly digit: number;
  /** What was read of each frame. */
  readonly texts: readonly string[];
}

/** A browser's clock has steps of a tenth of a millisecond, so crops are timed by the hundred. */
const CROPS = 100;

/** Times the small parts of the reader. It needs nothing of Node.js, and runs in a page as it does here. */
export class TimedReader {
  readonly #opened: OpenReader;
  readonly #classifier: InferenceBackEnd;
  readonly #frames: readonly LumaFrame[];
  readonly #crop = new Int8Array(DIGIT_SIDE * DIGIT_SIDE).map((_, index) => ((index * 53) % 256) - 128);

  private constructor(opened: OpenReader, classifier: InferenceBackEnd, frames: readonly LumaFrame[]) {
    this.#opened = opened;
    this.#classifier = classifier;
    this.#frames = frames;
  }

  static async open(files: TimedFiles, frames: readonly LumaFrame[]): Promise<TimedReader> {
    const source = { folder: 'digits', read: files.read, sha256: async () => undefined };
    const bundle = await readBundle(source, 'reading');
    const operations = await openKernelVision(files.vision);
    const classifier = (await openEngine(files.engine, 'xnnpack')).open(bundle.model);
    const opened = openFrameReader(operations, bundle, await openEngine(files.engine, 'xnnpack'));
    return new TimedReader(opened, classifier, frames);
  }

  round(): Round {
    const read = this.#frames.map((frame) => {
      const begun = performance.now();
      const { text } = this.#opened.reader.read(frame).reading;
      return { text, time: performance.now() - begun };
    });
    const begun = performance.now();
    for (let count = 0; count < CROPS; count++) this.#classifier.run(this.#crop);
    const digit = (performance.now() - begun) / CROPS;
    return { frames: read.map(({ time }) => time), digit, texts: read.map(({ text }) => text) };
  }

  close(): void {
    this.#classifier.close();
    this.#opened.close();
  }
}
