import type { Reading, Rejection } from './reading.js';
import { areSideBySide, type SideBySide } from './side-by-side.js';

/** Least probability of its likeliest digit at which what was rejected may well be one: two to one. */
const LEAST_LIKELY = 2 / 3;
/** It belongs to a number where it is about as high as a digit beside it, this close, and in the same row. */
const OF_ONE_NUMBER: SideBySide = { heightFactor: 1.6, gap: 0.8, overlap: 0.5 };

/**
 * What was rejected for being uncertain, but stands among digits as one of theirs. A number that lacks it is wrong, and
 * a plausible wrong number is worse than none.
 */
export function doubtsOf({ digits, rejected }: Pick<Reading, 'digits' | 'rejected'>): Rejection[] {
  return rejected.filter(
    (rejection) =>
      rejection.reason === 'uncertain' &&
      rejection.confidence >= LEAST_LIKELY &&
      digits.some(({ box }) => areSideBySide(rejection.box, box, OF_ONE_NUMBER)),
  );
}
