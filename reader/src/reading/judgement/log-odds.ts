import { READER_NUMBERS } from '../../numbers/index.js';

/** Log-odds of a probability, which is bounded so that no network is ever quite sure. */
export function logOdds(probability: number): number {
  const least = READER_NUMBERS.minProbability.value;
  const bounded = Math.min(1 - least, Math.max(least, probability));
  return Math.log(bounded / (1 - bounded));
}
