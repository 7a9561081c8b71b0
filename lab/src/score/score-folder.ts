import { decodePicture } from '@inkcast/device/camera';
import type { FrameReader } from '@inkcast/reader/reading';
import { readLabelledFolder } from './labelled-folder.js';
import { type PicturesScore, scorePictures } from './score-pictures.js';

/** False digits in pictures without a handwritten digit. */
export interface NegativesScore {
  readonly pictures: number;
  readonly withDigits: number;
  readonly falseDigits: number;
  /** Number of pictures in which something was read. */
  readonly failures: readonly string[];
}

export interface FolderScore {
  readonly photos: PicturesScore;
  /** Undefined if the folder has no such pictures. */
  readonly negatives?: NegativesScore;
}

/**
 * Reads a folder of labelled pictures and scores the readings.
 *
 * @param folder a folder as `readLabelledFolder` describes it
 * @throws InkError INK_DATASET_MISSING, INK_DATASET_INVALID, or the error of a picture that cannot be read
 */
export async function scoreFolder(folder: string, reader: FrameReader): Promise<FolderScore> {
  const { photos, negatives, pathOf } = await readLabelledFolder(folder);
  const rowsIn = async (path: string): Promise<readonly string[]> =>
    reader.read(await decodePicture(path)).reading.rows;
  const readings = new Map<string, string>();
  for (const { file } of photos) readings.set(file, (await rowsIn(pathOf('photos', file))).join(''));
  const score = { photos: scorePictures(photos, readings) };
  if (negatives === undefined) return score;
  const found: { file: string; digits: string }[] = [];
  for (const file of negatives) found.push({ file, digits: (await rowsIn(pathOf('negatives', file))).join('') });
  const wrong = found.filter(({ digits }) => digits !== '');
  return {
    ...score,
    negatives: {
      pictures: found.length,
      withDigits: wrong.length,
      falseDigits: wrong.reduce((sum, { digits }) => sum + digits.length, 0),
      failures: wrong.map(({ file, digits }) => `${file}: read as ${digits}`),
    },
  };
}
