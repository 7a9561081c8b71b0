import type { AugmentationStep } from '../augmentation/augmentation-schema.js';
import type { Dataset } from '../dataset.js';

export interface LoaderOptions {
  readonly dataset: Dataset;
  readonly batchSize: number;
  /** Seed of the order of each epoch and of the augmentation. */
  readonly seed: number;
  readonly augmentation: readonly AugmentationStep[];
}

/** A batch in the loader's memory: valid until the next one is asked for. */
export interface LoadedBatch {
  /** Ink from 0 to 1, `count` pictures. */
  readonly images: Float32Array;
  readonly labels: Uint16Array;
  readonly count: number;
}

/** Delivers a data set in shuffled, augmented batches. The last batch of an epoch may be smaller. */
export interface Batches {
  readonly stepsPerEpoch: number;
  start(): Promise<void>;
  stop(): Promise<void>;
  /**
   * The batches of an epoch, from `firstStep` on. One epoch at a time.
   *
   * @throws InkError INK_INTERNAL if they cannot be made
   */
  epoch(epoch: number, firstStep?: number): AsyncGenerator<LoadedBatch, void, void>;
}

export const stepsPerEpoch = ({ dataset, batchSize }: LoaderOptions): number =>
  Math.ceil(dataset.labels.length / batchSize);
