import type { ScoredCandidate } from './choose-candidates.js';
import { digitOdds, mayBeOfNextRow, mayBeOfNumber } from './one-number.js';

/** A cut that leaves more than this share of a piece's ink unread went through a digit, or beside one. */
const LEAST_LEFT_OVER = 0.15;
/** From this probability on what stands above or below a number is likelier a digit of it than not. */
const LIKELY_DIGIT = 0.5;

/**
 * What was not read, but is more likely than not a digit of a number that was. A number that lacks one is wrong, and a
 * plausible wrong number is worse than none.
 */
export function doubtsAmong(unread: readonly ScoredCandidate[], digits: readonly ScoredCandidate[]): ScoredCandidate[] {
  return unread.filter(
    (item) =>
      (digitOdds(item.classification) >= 1 && digits.some((digit) => mayBeOfNumber(item, digit))) ||
      (item.classification.anyDigit >= LIKELY_DIGIT && digits.some((digit) => mayBeOfNextRow(item, digit))),
  );
}

/** Whether only a part of a piece of ink was read, and what is left of it is more than a tip of a stroke. */
export function isHalfRead({ candidate: piece }: ScoredCandidate, digits: readonly ScoredCandidate[]): boolean {
  if (piece.origin !== 'piece') return false;
  const parts = digits.filter(
    ({ candidate }) => candidate.origin === 'part' && candidate.pieces.every((part) => piece.pieces.includes(part)),
  );
  const read = parts.reduce((sum, { candidate }) => sum + candidate.inkArea, 0);
  return parts.length > 0 && piece.inkArea - read > LEAST_LEFT_OVER * piece.inkArea;
}
