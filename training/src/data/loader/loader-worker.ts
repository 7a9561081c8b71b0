import { parentPort, workerData } from 'node:worker_threads';
import { Augmenter } from '../augmentation/augmenter.js';
import { epochOrder } from './epoch-order.js';
import type { Filled, FillRequest, WorkerTask } from './messages.js';

/** Fills slots with batches, in a worker thread. */
function serve(task: WorkerTask, port: NonNullable<typeof parentPort>): void {
  const { count, width, height, batchSize, seed } = task;
  const size = width * height;
  const images = new Uint8Array(task.images);
  const labels = new Uint16Array(task.labels);
  const slotImages = new Float32Array(task.slotImages);
  const slotLabels = new Uint16Array(task.slotLabels);
  const augmenter =
    task.augmentation.length > 0 ? new Augmenter(task.augmentation, { width, height }, seed) : undefined;
  let ordered: { epoch: number; order: Uint32Array } = { epoch: -1, order: new Uint32Array() };

  port.on('message', ({ slot, epoch, step }: FillRequest) => {
    if (ordered.epoch !== epoch) ordered = { epoch, order: epochOrder(count, seed, epoch) };
    const indices = ordered.order.subarray(step * batchSize, (step + 1) * batchSize);
    indices.forEach((index, place) => {
      const at = slot * batchSize + place;
      const picture = slotImages.subarray(at * size, (at + 1) * size);
      const from = index * size;
      for (let pixel = 0; pixel < size; pixel++) picture[pixel] = images[from + pixel] / 255;
      augmenter?.augment(picture, epoch, index);
      slotLabels[at] = labels[index];
    });
    port.postMessage({ slot, count: indices.length } satisfies Filled);
  });
}

const task: WorkerTask = workerData;
if (parentPort !== null) serve(task, parentPort);
