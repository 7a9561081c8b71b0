import type { AugmentationStep } from '../augmentation/augmentation-schema.js';

/** The task of a loader's worker. Pixels and batches are in memory that both threads share. */
export interface WorkerTask {
  readonly images: SharedArrayBuffer;
  readonly labels: SharedArrayBuffer;
  /** All batches, one after the other: of each, the float32 pixels, then the uint16 labels. */
  readonly slotImages: SharedArrayBuffer;
  readonly slotLabels: SharedArrayBuffer;
  readonly width: number;
  readonly height: number;
  readonly batchSize: number;
  readonly seed: number;
  readonly augmentation: readonly AugmentationStep[];
}

/** A message to the worker: fill a slot with a batch of an epoch. */
export interface FillRequest {
  readonly slot: number;
  readonly epoch: number;
  readonly step: number;
}

/** A message from the worker: the slot contains this number of pictures. */
export interface Filled {
  readonly slot: number;
  readonly count: number;
}
