import type { ScoredCandidate } from './choose-candidates.js';
import { areOfOneNumber, digitOdds } from './one-number.js';

/**
 * Whether what was not read is more likely than not a digit of a number that was. A number that lacks one is wrong, and
 * a plausible wrong number is worse than none.
 */
export function isDoubt(item: ScoredCandidate, digits: readonly ScoredCandidate[]): boolean {
  return digitOdds(item.classification) >= 1 && digits.some((digit) => areOfOneNumber(item, digit));
}
