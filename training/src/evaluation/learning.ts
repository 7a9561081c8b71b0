import type { Score } from './scoring.js';

/** Standard errors by which an accuracy must exceed that of chance. */
const ERRORS = 2;
/** Pictures below which an accuracy alone does not say that nothing was learned. */
const MIN_IMAGES = 100;
/** Share of what there is to learn that a network must have learned to be worth more than chance. */
const MIN_LEARNED_SHARE = 0.25;
/** Times the loss of one to whom all labels are as likely, as they are to an untrained network: it is sure, and wrong. */
const WORSE_LOSS = 1.5;

/**
 * What a score says of a network beside always naming the most frequent class: `better`; `doubtful`, where so few pictures
 * cannot tell; or `chance`, no better for certain.
 */
export type Learning = 'better' | 'doubtful' | 'chance';

/** Judges a score by its pictures' own classes. */
export function learningOf({
  accuracy,
  loss,
  images,
  confusion,
}: Pick<Score, 'accuracy' | 'loss' | 'images' | 'confusion'>): Learning {
  const shares = confusion
    .map((row) => row.reduce((sum, count) => sum + count, 0) / images)
    .filter((share) => share > 0);
  const most = Math.max(...shares);
  const error = (share: number): number => ERRORS * Math.sqrt((share * (1 - share)) / images);
  const unknowing = Math.log(confusion.length);
  if (accuracy > most + error(most) || (accuracy > most && loss < unknowing / 2)) return 'better';
  // A single class leaves nothing to tell apart.
  if (shares.length < 2) return 'doubtful';
  const least = most + MIN_LEARNED_SHARE * (1 - most);
  const isNoBetter = images >= MIN_IMAGES && accuracy + error(least) < least;
  return isNoBetter || loss > WORSE_LOSS * unknowing ? 'chance' : 'doubtful';
}
