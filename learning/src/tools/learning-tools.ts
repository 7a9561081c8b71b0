import type { QuantizationTools } from '@inkcast/training/bundle/portable';
import type { Batches, LoaderOptions } from '@inkcast/training/data/portable';
import type { Engine, EngineOptions } from '@inkcast/training/engine/portable';
import type { Decompress } from '@inkcast/training/replay/portable';

/** Pictures of one shape. */
export interface Pictures {
  readonly name: string;
  /** Height, width, channels. */
  readonly shape: readonly [number, number, number];
  /** Bytes 0 to 255 that stand for 0 to 1, one picture after the other. */
  readonly images: Uint8Array;
}

/** What learning needs of the platform that it runs on: Node.js, or a browser. */
export interface LearningTools extends QuantizationTools {
  /** An engine for training, not yet started. */
  createEngine(options: EngineOptions): Engine;
  /** The batches of a data set, not yet started. */
  loadBatches(options: LoaderOptions): Batches;
  /** Decompresses replay sets. */
  readonly decompress: Decompress;
  /**
   * Compares what will run an int8 model with the integer reference.
   *
   * @throws InkError INK_VERIFY_FAILED if it computes something else
   */
  verify(model: Uint8Array, pictures: Pictures): void;
}
