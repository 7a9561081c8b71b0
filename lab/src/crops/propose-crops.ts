import type { LabelledCrop } from '../synthesis/index.js';
import { runWorkers } from '../workers/index.js';
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
  const tasks = Array.from({ length: jobs }, (_, job): CropTask => {
    const first = job * perJob;
    return { seed, first, count: Math.max(0, Math.min(perJob, frames - first)), negatives, cuts };
  });
  const parts: LabelledCrop[][] = tasks.map(() => []);
  let done = 0;
  const onReport = (report: CropReport, task: number): void => {
    parts[task].push(...report.crops);
    done += report.frames;
    progress(done);
  };
  await runWorkers({ module: new URL('./crop-worker.js', import.meta.url), tasks, jobs, onReport });
  return { frames: done, crops: parts.flat() };
}
