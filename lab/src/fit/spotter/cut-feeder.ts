import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { InkError } from '@inkcast/shared/errors';
import { z } from 'zod';
import type { CutWorkerTask } from './cut-worker.js';

const readySchema = z.object({ frames: z.int() });
const batchSchema = z.object({ images: z.instanceof(Float32Array), targets: z.instanceof(Float32Array) });

type FedBatch = z.infer<typeof batchSchema>;

/** Number of batches that are prepared in advance. */
const MAX_AHEAD = 4;

/** Batches of cuts. A worker thread prepares them while the engine computes its steps. */
export class CutFeeder {
  readonly #task: CutWorkerTask;
  #worker: Worker | undefined;
  readonly #made: FedBatch[] = [];
  #waiting: ((batch: FedBatch) => void) | undefined;
  #failed: ((error: unknown) => void) | undefined;

  constructor(task: CutWorkerTask) {
    this.#task = task;
  }

  /** @returns the number of frames for the cuts. @throws InkError INK_CONFIG_INVALID if there are none */
  async start(): Promise<number> {
    const worker = new Worker(new URL('./cut-worker.js', import.meta.url), { workerData: this.#task });
    this.#worker = worker;
    worker.on('error', (error) => this.#failed?.(error));
    const [ready] = await once(worker, 'message');
    const { frames } = readySchema.parse(ready);
    if (frames === 0) {
      await this.stop();
      throw new InkError('INK_CONFIG_INVALID', 'There are no frames for the cuts.');
    }
    worker.on('message', (batch) => this.#take(batchSchema.parse(batch)));
    for (let ahead = 0; ahead < MAX_AHEAD; ahead++) worker.postMessage('next');
    return frames;
  }

  /** The next batch. Only the seed determines the order. One call at a time. */
  async next(): Promise<FedBatch> {
    this.#worker?.postMessage('next');
    const made = this.#made.shift();
    if (made !== undefined) return made;
    return new Promise((resolve, reject) => {
      this.#waiting = resolve;
      this.#failed = reject;
    });
  }

  async stop(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }

  #take(batch: FedBatch): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined) this.#made.push(batch);
    else waiting(batch);
  }
}
