import { openCheckedBundle } from '@inkcast/device/inference';
import { judgementOf } from '@inkcast/reader/reading';
import type { Judgement } from '@inkcast/shared/judgement';
import { FrameWriter, readFrames } from '../frames/frame-file.js';
import { writeCompletely } from '../frames/write-completely.js';
import { judgeSeen, type SeenFrame } from './fit-judgement.js';
import { isToBeRead } from './label-hypothesis.js';
import { seeFiles } from './see-files.js';

export interface Mining {
  readonly bundle: string;
  readonly files: readonly string[];
  readonly out: string;
  readonly jobs: number;
  readonly progress: (frames: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Writes the frames in which a bundle's reader reads a false digit or misses a digit. These frames are the most useful for
 * the next round (hard example mining).
 *
 * @throws InkError INK_BUNDLE_INVALID if the bundle has no judgement; INK_FILE_UNWRITABLE; the errors of `runWorkers`
 */
export async function mineFrames({ out, files, bundle, ...rest }: Mining): Promise<{ kept: number; of: number }> {
  const judgement = judgementOf(await openCheckedBundle(bundle));
  return writeCompletely(out, async (beside) => {
    const { minSpotLogOdds } = judgement;
    const found = await seeFiles({ bundle, files, minSpotLogOdds, kinds: undefined, signal: undefined, ...rest });
    const hard = found.filter(({ seen }) => isMisread(judgement, seen));
    const writer = await FrameWriter.create(beside);
    try {
      for (const [index, path] of files.entries()) {
        const frames = await readFrames(path);
        for (const { file, place } of hard) if (file === index) await writer.write(frames[place]);
      }
    } finally {
      await writer.close();
    }
    return { kept: hard.length, of: found.length };
  });
}

function isMisread(judgement: Judgement, seen: SeenFrame): boolean {
  const read = judgeSeen(judgement, seen).filter(({ item }) => item.probability >= judgement.minConfidence);
  const right = read.filter(({ truth }) => truth === true).length;
  return read.some(({ truth }) => truth === false) || right < seen.frame.marks.filter(isToBeRead).length;
}
