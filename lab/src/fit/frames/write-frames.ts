import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Kind } from '../../synthesis/index.js';
import { runWorkers } from '../../workers/index.js';
import type { FramesTask } from './frames-worker.js';
import { writeCompletely } from './write-completely.js';

/** Which frames are written. */
export interface FramesOptions {
  readonly out: string;
  readonly seed: number;
  /** Number of the first one in the row that the seed and the kinds stand for. */
  readonly first: number;
  readonly count: number;
  readonly kinds: readonly Kind[];
  /** A folder of photographs without digits, and the frames that are cut from each. */
  readonly photographs: string | undefined;
  readonly cuts: number;
  /** Threads; they do not change what is written. */
  readonly jobs: number;
}

/**
 * Draws frames in several threads and writes them in their order, those of photographs at the end. The file has its name
 * when it is complete.
 *
 * @param progress is told the frames done
 * @returns the frames written
 * @throws InkError INK_FILE_UNWRITABLE, and what `runWorkers` throws
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
