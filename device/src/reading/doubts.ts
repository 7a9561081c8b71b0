import type { ScoredCandidate } from './choose-candidates.js';
import { digitOdds, mayBeOfNumber } from './one-number.js';

/**
 * What was not read, but is more likely than not a digit of a number that was. A number that lacks one is wrong, and a
 * plausible wrong number is worse than none.
 */
export function doubtsAmong(unread: readonly ScoredCandidate[], digits: readonly ScoredCandidate[]): ScoredCandidate[] {
  return unread.filter(
    (item) => digitOdds(item.classification) >= 1 && digits.some((digit) => mayBeOfNumber(item, digit)),
  );
}
