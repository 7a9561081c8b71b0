import type { Score } from './scoring.js';

/** An accuracy must exceed chance by this number of standard errors. */
const ERRORS = 2;
/** With fewer pictures, the accuracy alone does not prove that nothing was learned. */
const MIN_IMAGES = 100;
/** A network is better than chance if it removes at least this share of the errors of chance. */
const MIN_LEARNED_SHARE = 0.25;
/** A loss of this many times the loss of equal probabilities shows a network that is confident and wrong. */
const WORSE_LOSS = 1.5;

/**
 * The comparison of a network with always naming the most frequent class: `better`; `doubtful` if there are too few
 * pictures to decide; or `chance` if it is certainly not better.
 */
export type ChanceComparison = 'better' | 'doubtful' | 'chance';

/** Compares a score with chance, which the classes of its pictures determine. */
export function compareWithChance({
  accuracy,
  loss,
  images,
  confusion,
}: Pick<Score, 'accuracy' | 'loss' | 'images' | 'confusion'>): ChanceComparison {
  const shares = confusion
    .map((row) => row.reduce((sum, count) => sum + count, 0) / images)
    .filter((share) => share > 0);
  const most = Math.max(...shares);
  const error = (share: number): number => ERRORS * Math.sqrt((share * (1 - share)) / images);
  const unknowing = Math.log(confusion.length);
  if (accuracy > most + error(most) || (accuracy > most && loss < unknowing / 2)) return 'better';
  // With a single class there is nothing to distinguish.
  if (shares.length < 2) return 'doubtful';
  const least = most + MIN_LEARNED_SHARE * (1 - most);
  const isNoBetter = images >= MIN_IMAGES && accuracy + error(least) < least;
  return isNoBetter || loss > WORSE_LOSS * unknowing ? 'chance' : 'doubtful';
}
