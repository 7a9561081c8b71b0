import { gaps } from '../vision/index.js';
import type { ReadDigit, Reading, Rejection } from './reading.js';

/** Least probability of its likeliest digit at which what was rejected may well be one: two to one. */
const LEAST_LIKELY = 2 / 3;
/** It belongs to a number where it is about as high as a digit beside it, this close, and in the same row. */
const HEIGHT_FACTOR = 1.6;
const FARTHEST = 0.8;
const SHARED_ROW = 0.5;

/**
 * What was rejected for being uncertain, but stands among digits as one of theirs. A number that lacks it is wrong, and
 * a plausible wrong number is worse than none.
 */
export function doubtsOf({ digits, rejected }: Pick<Reading, 'digits' | 'rejected'>): Rejection[] {
  return rejected.filter(
    (rejection) =>
      rejection.reason === 'uncertain' &&
      rejection.confidence >= LEAST_LIKELY &&
      digits.some((digit) => standsBeside(rejection, digit)),
  );
}

function standsBeside({ box }: Rejection, { box: other }: ReadDigit): boolean {
  const [lower, higher] = [Math.min(box.height, other.height), Math.max(box.height, other.height)];
  const { across, down } = gaps(box, other);
  return higher <= HEIGHT_FACTOR * lower && across <= FARTHEST * higher && -down >= SHARED_ROW * lower;
}
