import type { QuantizationTools } from '@inkcast/training/bundle/portable';
import type { Batches, LoaderOptions } from '@inkcast/training/data/portable';
import type { Engine, EngineOptions } from '@inkcast/training/engine/portable';
import type { Decompress } from '@inkcast/training/replay/portable';
import type { Pictures } from '@inkcast/training/verification';

export type { Pictures };

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
