import { InkError } from '@inkcast/shared/errors';

/**
 * Parses a number in the arguments of a benchmark.
 *
 * @param what the meaning of the number in messages, in the plural or with its article
 * @throws InkError INK_USAGE if it is not a whole number, or less than `least`
 */
export function numberFrom(word: string | undefined, what: string, fallback: number, least = 1): number {
  if (word === undefined) return fallback;
  const value = Number(word);
  if (Number.isSafeInteger(value) && value >= least && word.trim() !== '') return value;
  throw new InkError('INK_USAGE', `"${word}" cannot be ${what}: it must be a whole number from ${least} on.`);
}
