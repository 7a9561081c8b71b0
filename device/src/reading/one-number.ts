import type { Classification } from '../inference/index.js';
import { areWithin, gaps } from '../vision/index.js';
import { meanContrast, type ScoredCandidate } from './choose-candidates.js';
import { areSideBySide, type SideBySide } from './side-by-side.js';

/** Digits of one number are about as high as one another, this close, and in the same row. */
const OF_ONE_NUMBER: SideBySide = { heightFactor: 1.6, gap: 0.8, overlap: 0.5 };
/** Largest gap between a digit and one of the row below it, against the higher one's height, and least width they share. */
const ROW_GAP = 0.8;
const ROW_OVERLAP = 0.5;
/** One pen wrote them: their strokes' widths and their contrasts are within these factors. */
const STROKE_FACTOR = 2;
const CONTRAST_FACTOR = 2;
/** How much likelier than anywhere it is that what stands in a number is a digit. */
const DIGIT_IN_NUMBER = 5;

/**
 * Whether something stands beside a digit as another digit of the same number does, written with the same pen. A part
 * that was cut from a piece never does: the straight one of a letter is nearly a 1.
 */
export function mayBeOfNumber(one: ScoredCandidate, other: ScoredCandidate): boolean {
  return isAsWritten(one, other) && areSideBySide(one.candidate.box, other.candidate.box, OF_ONE_NUMBER);
}

/** Whether something stands right above or below a digit as one of the next row does, written with the same pen. */
export function mayBeOfNextRow(one: ScoredCandidate, other: ScoredCandidate): boolean {
  const [a, b] = [one.candidate.box, other.candidate.box];
  const { across, down } = gaps(a, b);
  return (
    isAsWritten(one, other) &&
    areWithin(OF_ONE_NUMBER.heightFactor, a.height, b.height) &&
    down <= ROW_GAP * Math.max(a.height, b.height) &&
    -across >= ROW_OVERLAP * Math.min(a.width, b.width)
  );
}

function isAsWritten({ candidate: one }: ScoredCandidate, { candidate: other }: ScoredCandidate): boolean {
  return (
    one.origin !== 'part' &&
    areWithin(STROKE_FACTOR, one.strokeWidth, other.strokeWidth) &&
    areWithin(CONTRAST_FACTOR, meanContrast(one), meanContrast(other))
  );
}

/** Odds that what stands in a number is a digit, whichever, and not something else. */
export function digitOdds({ anyDigit }: Classification): number {
  return (DIGIT_IN_NUMBER * anyDigit) / Math.max(1e-9, 1 - anyDigit);
}

/** Probability of the likeliest digit for what stands in a number. */
export function confidenceInNumber(classification: Classification): number {
  const odds = digitOdds(classification);
  return ((classification.digitConfidence / classification.anyDigit) * odds) / (1 + odds);
}
