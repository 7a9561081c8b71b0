import type { AugmentationStep } from '../augmentation/augmentation-schema.js';
import { Augmenter } from '../augmentation/augmenter.js';
import { epochOrder } from './epoch-order.js';

/** A data set, and how its batches are drawn. */
export interface BatchTask {
  /** A byte a pixel, one picture after the other. */
  readonly images: Uint8Array;
  readonly labels: Uint16Array;
  readonly width: number;
  readonly height: number;
  readonly batchSize: number;
  readonly seed: number;
  readonly augmentation: readonly AugmentationStep[];
}

/** Where batches lie, one slot after the other. */
export interface BatchSlots {
  readonly images: Float32Array;
  readonly labels: Uint16Array;
}

/** Makes the batches of a data set. Seed, epoch and step determine a batch. */
export class BatchFiller {
  readonly #task: BatchTask;
  readonly #slots: BatchSlots;
  readonly #augmenter: Augmenter | undefined;
  #ordered: { readonly epoch: number; readonly order: Uint32Array } = { epoch: -1, order: new Uint32Array() };

  constructor(task: BatchTask, slots: BatchSlots) {
    const { width, height, seed, augmentation } = task;
    this.#task = task;
    this.#slots = slots;
    this.#augmenter = augmentation.length > 0 ? new Augmenter(augmentation, { width, height }, seed) : undefined;
  }

  /** Makes a batch of an epoch in a slot. @returns how many pictures it has */
  fill(slot: number, epoch: number, step: number): number {
    const { images, labels, width, height, batchSize, seed } = this.#task;
    const size = width * height;
    if (this.#ordered.epoch !== epoch) this.#ordered = { epoch, order: epochOrder(labels.length, seed, epoch) };
    const indices = this.#ordered.order.subarray(step * batchSize, (step + 1) * batchSize);
    indices.forEach((index, place) => {
      const at = slot * batchSize + place;
      const picture = this.#slots.images.subarray(at * size, (at + 1) * size);
      const from = index * size;
      for (let pixel = 0; pixel < size; pixel++) picture[pixel] = images[from + pixel] / 255;
      this.#augmenter?.augment(picture, epoch, index);
      this.#slots.labels[at] = labels[index];
    });
    return indices.length;
  }
}
