import type { AugmentationStep } from '../augmentation/augmentation-schema.js';

/** What a loader's worker is started with. Pixels and batches lie in memory that both threads see. */
export interface WorkerTask {
  readonly images: SharedArrayBuffer;
  readonly labels: SharedArrayBuffer;
  /** One batch after the other: float32 pixels, then uint16 labels of each. */
  readonly slotImages: SharedArrayBuffer;
  readonly slotLabels: SharedArrayBuffer;
  readonly count: number;
  readonly width: number;
  readonly height: number;
  readonly batchSize: number;
  readonly seed: number;
  readonly augmentation: readonly AugmentationStep[];
}

/** To the worker: fill a slot with a batch of an epoch. */
export interface FillRequest {
  readonly slot: number;
  readonly epoch: number;
  readonly step: number;
}

/** From the worker: the slot holds so many pictures. */
export interface Filled {
  readonly slot: number;
  readonly count: number;
}
