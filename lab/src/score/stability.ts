import { decodePicture } from '@inkcast/device/camera';
import type { FrameReader } from '@inkcast/reader/reading';
import { Random } from '@inkcast/training/random';
import { ALTERATIONS } from './alterations.js';
import { readLabelledFolder } from './labelled-folder.js';

/** The share of altered copies with the same reading as their picture, right or wrong. */
export interface StabilityScore {
  readonly copies: number;
  readonly same: number;
  /** The share of each kind of copy. */
  readonly alterations: Readonly<Record<string, number>>;
}

export interface Stability {
  readonly photos: StabilityScore;
  /** Undefined if the folder has no pictures without digits. */
  readonly negatives?: StabilityScore;
}

/**
 * Reads altered copies of each picture of a labelled folder and compares them with the reading of the picture.
 *
 * @param seed seed of perspective and noise; the same seed gives the same copies
 * @param progress receives the number of finished pictures
 * @throws InkError like `scoreFolder`
 */
export async function measureStability(
  folder: string,
  reader: FrameReader,
  seed: number,
  progress: (pictures: number) => void,
): Promise<Stability> {
  const { photos, negatives, pathOf } = await readLabelledFolder(folder);
  const seeds = new Random(seed);
  let done = 0;
  const measure = async (paths: readonly string[]): Promise<StabilityScore> => {
    const same = new Map(Object.keys(ALTERATIONS).map((name) => [name, 0]));
    for (const path of paths) {
      const random = seeds.fork(done);
      for (const name of await sameReadings(path, reader, random)) same.set(name, (same.get(name) ?? 0) + 1);
      progress(++done);
    }
    const counts = [...same];
    return {
      copies: counts.length * paths.length,
      same: counts.reduce((sum, [, count]) => sum + count, 0),
      alterations: Object.fromEntries(counts.map(([name, count]) => [name, count / Math.max(1, paths.length)])),
    };
  };
  const ofPhotos = await measure(photos.map(({ file }) => pathOf('photos', file)));
  if (negatives === undefined) return { photos: ofPhotos };
  return { photos: ofPhotos, negatives: await measure(negatives.map((file) => pathOf('negatives', file))) };
}

/** The alterations that do not change the text of a picture. */
async function sameReadings(path: string, reader: FrameReader, random: Random): Promise<string[]> {
  const picture = await decodePicture(path);
  const { text } = reader.read(picture).reading;
  const same: string[] = [];
  for (const [index, [name, alter]] of Object.entries(ALTERATIONS).entries()) {
    const copy = await alter(picture, random.fork(index));
    if (reader.read(copy).reading.text === text) same.push(name);
  }
  return same;
}
