import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { asInkError, InkError } from '@inkcast/shared/errors';
import { pictureSize } from '../dataset.js';
import { type Batches, type LoadedBatch, type LoaderOptions, stepsPerEpoch } from './batches.js';
import type { Filled, FillRequest, WorkerTask } from './messages.js';

/** Number of batches in memory: one in use, one ready, one in preparation. */
const SLOTS = 3;

/** Batches that a worker thread prepares while the caller computes. */
export class BatchLoader implements Batches {
  readonly #options: LoaderOptions;
  readonly #slotImages: Float32Array<SharedArrayBuffer>;
  readonly #slotLabels: Uint16Array<SharedArrayBuffer>;
  #worker: Worker | undefined;

  constructor(options: LoaderOptions) {
    this.#options = options;
    const pictures = SLOTS * options.batchSize;
    const pixels = pictures * pictureSize(options.dataset.shape);
    this.#slotImages = new Float32Array(new SharedArrayBuffer(pixels * Float32Array.BYTES_PER_ELEMENT));
    this.#slotLabels = new Uint16Array(new SharedArrayBuffer(pictures * Uint16Array.BYTES_PER_ELEMENT));
  }

  get stepsPerEpoch(): number {
    return stepsPerEpoch(this.#options);
  }

  async start(): Promise<void> {
    const { dataset, batchSize, seed, augmentation } = this.#options;
    const [height, width] = dataset.shape;
    const task: WorkerTask = {
      images: shared(dataset.images),
      labels: shared(new Uint8Array(dataset.labels.buffer, dataset.labels.byteOffset, dataset.labels.byteLength)),
      slotImages: this.#slotImages.buffer,
      slotLabels: this.#slotLabels.buffer,
      width,
      height,
      batchSize,
      seed,
      augmentation,
    };
    this.#worker = new Worker(new URL('./loader-worker.js', import.meta.url), { workerData: task });
    await once(this.#worker, 'online');
  }

  async stop(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }

  async *epoch(epoch: number, firstStep = 0): AsyncGenerator<LoadedBatch, void, void> {
    const worker = this.#worker;
    if (worker === undefined) throw new InkError('INK_INTERNAL', 'The batch loader is not started.');
    const last = this.stepsPerEpoch;
    const answers = new Answers(worker);
    const request = (step: number) => {
      if (step < last) worker.postMessage({ slot: step % SLOTS, epoch, step } satisfies FillRequest);
    };
    let requested = firstStep;
    let answered = firstStep;
    try {
      while (requested < Math.min(last, firstStep + SLOTS)) request(requested++);
      for (; answered < last; answered++) {
        const { slot, count } = await answers.next();
        yield this.#batch(slot, count);
        // The slot of the previous batch is free from here on.
        if (requested < last) request(requested++);
      }
    } finally {
      // If the consumer ends early, some answers are still to come. The next epoch must not receive them.
      const pending = requested - answered - (answered < last ? 1 : 0);
      for (let answer = 0; answer < pending; answer++) await answers.next();
      answers.close();
    }
  }

  #batch(slot: number, count: number): LoadedBatch {
    const { batchSize, dataset } = this.#options;
    const size = pictureSize(dataset.shape);
    const from = slot * batchSize;
    return {
      images: this.#slotImages.subarray(from * size, (from + count) * size),
      labels: this.#slotLabels.subarray(from, from + count),
      count,
    };
  }
}

/** The worker's answers in the order they come, awaited one at a time. */
class Answers {
  readonly #worker: Worker;
  readonly #ready: Filled[] = [];
  #failure: unknown;
  #wake: (() => void) | undefined;
  readonly #onMessage = (filled: Filled) => {
    this.#ready.push(filled);
    this.#wake?.();
  };
  readonly #onError = (error: unknown) => {
    this.#failure = error;
    this.#wake?.();
  };

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', this.#onMessage);
    worker.on('error', this.#onError);
  }

  async next(): Promise<Filled> {
    while (true) {
      if (this.#failure !== undefined) throw asInkError(this.#failure);
      const filled = this.#ready.shift();
      if (filled !== undefined) return filled;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  close(): void {
    this.#worker.off('message', this.#onMessage);
    this.#worker.off('error', this.#onError);
  }
}

function shared(bytes: Uint8Array): SharedArrayBuffer {
  const buffer = new SharedArrayBuffer(bytes.length);
  new Uint8Array(buffer).set(bytes);
  return buffer;
}
