import { createHash } from 'node:crypto';
import { type Dataset, type DatasetPair, pictureAt, subset } from './dataset.js';

/** What is held out of data without test pictures, unless it is said otherwise: a model never tested is worth little. */
export const TEST_SHARE = 0.1;

/** Pictures of a class below which none is held out: a run must have some to learn it from, and some to validate it on. */
const MIN_PICTURES = 3;

/**
 * Sets `share` of every class aside for the test. What a picture shows decides, and nothing else: whatever the seed, and
 * when pictures are added, what a network was tested on is not what a later one is trained on.
 *
 * @param share in (0, 1)
 * @returns no test where no class has pictures enough
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
