import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Kind } from '../../synthesis/index.js';
import { runWorkers } from '../../workers/index.js';
import type { FramesTask } from './frames-worker.js';
import { writeCompletely } from './write-completely.js';

/** The frames to write. */
export interface FramesOptions {
  readonly out: string;
  readonly seed: number;
  /** Number of the first frame in the sequence that the seed and the kinds define. */
  readonly first: number;
  readonly count: number;
  readonly kinds: readonly Kind[];
  /** A folder of photographs without digits, and the number of frames to cut from each. */
  readonly photographs: string | undefined;
  readonly cuts: number;
  /** Number of threads. It does not change the result. */
  readonly jobs: number;
}

/**
 * Renders frames in several threads and writes them in order, followed by the frames of photographs. The file gets its
 * name when it is complete.
 *
 * @param progress receives the number of finished frames
 * @returns the number of written frames
 * @throws InkError INK_FILE_UNWRITABLE, and the errors of `runWorkers`
 */
export async function writeFrames(
  { out, seed, first, count, kinds, photographs, cuts, jobs }: FramesOptions,
  progress: (frames: number) => void,
  signal?: AbortSignal,
): Promise<number> {
  const partOf = (task: number): string => `${out}.${process.pid}.part-${task}`;
  const perJob = Math.max(1, Math.ceil(count / jobs));
  const tasks: FramesTask[] = [];
  for (let at = 0; at < count; at += perJob) {
    const size = Math.min(perJob, count - at);
    tasks.push({ out: partOf(tasks.length), seed, first: first + at, count: size, kinds });
  }
  if (photographs !== undefined) tasks.push({ out: partOf(tasks.length), seed, photographs, cuts });
  let done = 0;
  const onReport = (frames: number): void => {
    done += frames;
    progress(done);
  };
  try {
    await writeCompletely(out, async (beside) => {
      await runWorkers({ module: new URL('./frames-worker.js', import.meta.url), tasks, jobs, signal, onReport });
      for (const { out: part } of tasks) {
        await pipeline(createReadStream(part), createWriteStream(beside, { flags: 'a' }));
        await rm(part);
      }
    });
  } finally {
    for (const { out: part } of tasks) await rm(part, { force: true });
  }
  return done;
}
