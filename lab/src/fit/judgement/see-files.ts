import { runWorkers } from '../../workers/index.js';
import type { SeenFrame } from './fit-judgement.js';
import type { SeeReport, SeeTask } from './see-worker.js';

/** What is looked at, and by which networks. */
export interface SeeOptions extends Pick<SeeTask, 'bundle' | 'minSpotLogOdds' | 'files' | 'kinds'> {
  /** Threads; they do not change what is seen. */
  readonly jobs: number;
  /** Told the frames done. */
  readonly progress: (frames: number) => void;
  readonly signal: AbortSignal | undefined;
}

/** A frame that was looked at, and its place in which file. */
export type FoundFrame = SeeReport;

/**
 * What the networks of a bundle see in frames, in the order of the files and of the frames in them.
 *
 * @throws InkError what `runWorkers` throws
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
