import { runWorkers } from '../../workers/index.js';
import type { SeenFrame } from './fit-judgement.js';
import type { SeeReport, SeeTask } from './see-worker.js';

/** The frames and the networks. */
export interface SeeOptions extends Pick<SeeTask, 'bundle' | 'minSpotLogOdds' | 'files' | 'kinds'> {
  /** Number of threads. It does not change the result. */
  readonly jobs: number;
  /** Receives the number of finished frames. */
  readonly progress: (frames: number) => void;
  readonly signal: AbortSignal | undefined;
}

/** The results of a frame, with its file and index. */
export type FoundFrame = SeeReport;

/**
 * Runs the networks of a bundle on frames, in the order of the files and of their frames.
 *
 * @throws InkError the errors of `runWorkers`
 */
export async function seeFiles({ jobs, progress, signal, ...task }: SeeOptions): Promise<FoundFrame[]> {
  const found: FoundFrame[] = [];
  const tasks = Array.from({ length: jobs }, (_, from): SeeTask => ({ ...task, from, every: jobs }));
  const onReport = (report: SeeReport): void => {
    found.push(report);
    progress(found.length);
  };
  await runWorkers({ module: new URL('./see-worker.js', import.meta.url), tasks, jobs, signal, onReport });
  return found.sort((a, b) => a.file - b.file || a.place - b.place);
}

export const framesSeen = async (options: SeeOptions): Promise<SeenFrame[]> =>
  (await seeFiles(options)).map(({ seen }) => seen);
