import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { replaceFile } from '@inkcast/shared/files';
import type { Kind } from '../../synthesis/index.js';
import { runWorkers } from '../../workers/index.js';
import type { FramesTask } from './frames-worker.js';

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
  const beside = `${out}.${process.pid}.part`;
  const partOf = (task: number): string => `${beside}-${task}`;
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
    await replaceFile(beside, '');
    await runWorkers({ module: new URL('./frames-worker.js', import.meta.url), tasks, jobs, signal, onReport });
    for (const { out: part } of tasks) {
      await pipeline(createReadStream(part), createWriteStream(beside, { flags: 'a' }));
      await rm(part);
    }
    await rename(beside, out);
  } finally {
    for (const path of [beside, ...tasks.map((task) => task.out)]) await rm(path, { force: true });
  }
  return done;
}
