import { createHash } from 'node:crypto';
import { type Dataset, type DatasetPair, pictureAt, subset } from './dataset.js';

/** Default share that is held out of data without test pictures, so that every model is tested. */
export const TEST_SHARE = 0.1;

/** A class with fewer pictures holds none out: training and validation need some. */
const MIN_PICTURES = 3;

/**
 * Holds `share` of every class out for the test. Only the content of a picture decides whether it is held out. The choice
 * is therefore the same for every seed and after pictures are added, so a later network is never trained on the test
 * pictures of an earlier one.
 *
 * @param share in (0, 1)
 * @returns a pair without test pictures if no class has enough pictures
 */
export function holdOutTest(dataset: Dataset, share: number): DatasetPair {
  const ranked = Array.from(dataset.labels, (label, index) => ({
    label,
    index,
    rank: createHash('sha256').update(pictureAt(dataset, index)).digest('hex'),
  })).sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0));
  const held = new Set<number>();
  dataset.classes.forEach((_, label) => {
    const own = ranked.filter((picture) => picture.label === label);
    if (own.length < MIN_PICTURES) return;
    for (const { index } of own.slice(0, Math.max(1, Math.round(share * own.length)))) held.add(index);
  });
  if (held.size === 0) return { train: dataset, test: undefined };
  const indices = Array.from(dataset.labels, (_, index) => index);
  const part = (isHeld: boolean): Dataset =>
    subset(
      dataset,
      indices.filter((index) => held.has(index) === isHeld),
    );
  return { train: part(false), test: part(true) };
}
