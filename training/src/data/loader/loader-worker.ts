import { parentPort, workerData } from 'node:worker_threads';
import { BatchFiller } from './batch-filler.js';
import type { Filled, FillRequest, WorkerTask } from './messages.js';

/** Fills slots with batches, in a worker thread. */
function serve(task: WorkerTask, port: NonNullable<typeof parentPort>): void {
  const filler = new BatchFiller(
    { ...task, images: new Uint8Array(task.images), labels: new Uint16Array(task.labels) },
    { images: new Float32Array(task.slotImages), labels: new Uint16Array(task.slotLabels) },
  );
  port.on('message', ({ slot, epoch, step }: FillRequest) => {
    port.postMessage({ slot, count: filler.fill(slot, epoch, step) } satisfies Filled);
  });
}

const task: WorkerTask = workerData;
if (parentPort !== null) serve(task, parentPort);
