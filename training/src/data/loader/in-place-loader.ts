import { pictureSize } from '../dataset.js';
import { BatchFiller } from './batch-filler.js';
import { type Batches, type LoadedBatch, type LoaderOptions, stepsPerEpoch } from './batches.js';

/** Makes each batch when it is asked for, in the thread of its caller: the same ones as `BatchLoader`. */
export class InPlaceLoader implements Batches {
  readonly stepsPerEpoch: number;
  readonly #options: LoaderOptions;

  constructor(options: LoaderOptions) {
    this.#options = options;
    this.stepsPerEpoch = stepsPerEpoch(options);
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {}

  async *epoch(epoch: number, firstStep = 0): AsyncGenerator<LoadedBatch, void, void> {
    const { dataset, batchSize, seed, augmentation } = this.#options;
    const [height, width] = dataset.shape;
    const size = pictureSize(dataset.shape);
    const slot = { images: new Float32Array(batchSize * size), labels: new Uint16Array(batchSize) };
    const filler = new BatchFiller({ ...dataset, width, height, batchSize, seed, augmentation }, slot);
    for (let step = firstStep; step < this.stepsPerEpoch; step++) {
      const count = filler.fill(0, epoch, step);
      yield { images: slot.images.subarray(0, count * size), labels: slot.labels.subarray(0, count), count };
    }
  }
}
