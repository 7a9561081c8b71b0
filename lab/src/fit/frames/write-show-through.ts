import { InkError } from '@inkcast/shared/errors';
import { Random } from '@inkcast/training/random';
import { pick } from '../../synthesis/index.js';
import { FrameWriter, readFrames, type StoredFrame } from './frame-file.js';
import { BACK_KINDS, PAGE_KINDS, showThrough } from './show-through.js';
import { writeCompletely } from './write-completely.js';

/** The choice of pages and backs. */
export interface ShowThroughOptions {
  /** Files of frames for the pages, and for the backs. */
  readonly pages: readonly string[];
  readonly backs: readonly string[];
  readonly out: string;
  readonly seed: number;
  readonly count: number;
}

/**
 * Selects random pages and a back for each, and writes the pages with the backs showing through. The file gets its name
 * when it is complete.
 *
 * @param progress receives the number of finished frames
 * @throws InkError INK_FILE_UNREADABLE; INK_FILE_UNWRITABLE; INK_DATASET_INVALID if no frame is a page, or none is a back
 */
export async function writeShowThrough(
  { pages: pageFiles, backs: backFiles, out, seed, count }: ShowThroughOptions,
  progress: (frames: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const pages = await framesOf(pageFiles, PAGE_KINDS);
  const backs = await framesOf(backFiles, BACK_KINDS);
  const random = new Random(seed);
  await writeCompletely(out, async (beside) => {
    const writer = await FrameWriter.create(beside);
    try {
      for (let done = 0; done < count; done++) {
        signal?.throwIfAborted();
        const page = pick(random, pages);
        const back = pick(random, backs);
        await writer.write(showThrough(page, back, random));
        progress(done + 1);
      }
    } finally {
      await writer.close();
    }
  });
}

async function framesOf(files: readonly string[], kinds: readonly string[]): Promise<StoredFrame[]> {
  const frames: StoredFrame[] = [];
  for (const file of files) {
    for (const frame of await readFrames(file)) if (kinds.includes(frame.kind)) frames.push(frame);
  }
  if (frames.length > 0) return frames;
  throw new InkError('INK_DATASET_INVALID', `No frame of ${files.join(', ')} is of the kinds ${kinds.join(', ')}.`);
}
