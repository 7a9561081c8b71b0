import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { InkError } from '@inkcast/shared/errors';
import type { LabelledCrop } from '../synthesis/index.js';
import type { CropsOptions } from './crops-options.js';

/** One thread's part of the frames. */
export interface CropTask extends Pick<CropsOptions, 'seed' | 'negatives' | 'cuts'> {
  readonly first: number;
  readonly count: number;
}

/** What a thread has made since it last told. */
export interface CropReport {
  readonly frames: number;
  readonly crops: readonly LabelledCrop[];
}

export interface ProposedCrops {
  readonly frames: number;
  /** In the order of the threads' parts, whichever ends first. */
  readonly crops: readonly LabelledCrop[];
}

/**
 * Renders frames and has the device's vision propose crops in them, in several threads.
 *
 * @param progress is told the frames done
 * @throws InkError INK_INTERNAL with what a thread failed of; the others are ended
 */
export async function proposeCrops(options: CropsOptions, progress: (frames: number) => void): Promise<ProposedCrops> {
  const { frames, seed, jobs, negatives, cuts } = options;
  const perJob = Math.ceil(frames / jobs);
  let done = 0;
  const workers: Worker[] = [];
  const part = async (job: number): Promise<readonly LabelledCrop[]> => {
    const first = job * perJob;
    const count = Math.max(0, Math.min(perJob, frames - first));
    const workerData: CropTask = { seed, first, count, negatives, cuts };
    const worker = new Worker(new URL('./crop-worker.js', import.meta.url), { workerData });
    workers.push(worker);
    const crops: LabelledCrop[] = [];
    worker.on('message', (report: CropReport) => {
      crops.push(...report.crops);
      done += report.frames;
      progress(done);
    });
    const [code] = await once(worker, 'exit');
    if (code !== 0) throw new InkError('INK_INTERNAL', `A thread that makes crops ended with ${code}.`);
    return crops;
  };
  try {
    const parts = await Promise.all(Array.from({ length: jobs }, (_, job) => part(job)));
    return { frames: done, crops: parts.flat() };
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
