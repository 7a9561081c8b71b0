import { runWorkers } from '../../workers/index.js';
import type { Patch } from './patch.js';
import type { PatchReport, PatchTask } from './patch-worker.js';

export interface PatchOptions extends Omit<PatchTask, 'from' | 'every'> {
  /** Number of threads. It does not change the result. */
  readonly jobs: number;
  /** Receives the number of finished frames. */
  readonly progress?: (frames: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The surroundings of everything that a bundle's spotter finds in frames, with their labels.
 *
 * @throws InkError the errors of `runWorkers`
 */
export async function collectPatches({ jobs, progress, signal, ...task }: PatchOptions): Promise<Patch[]> {
  const reports: PatchReport[] = [];
  const tasks = Array.from({ length: jobs }, (_, from): PatchTask => ({ ...task, from, every: jobs }));
  const onReport = (report: PatchReport): void => {
    reports.push(report);
    progress?.(reports.length);
  };
  await runWorkers({ module: new URL('./patch-worker.js', import.meta.url), tasks, jobs, signal, onReport });
  return reports.sort((a, b) => a.file - b.file || a.place - b.place).flatMap(({ patches }) => patches);
}
