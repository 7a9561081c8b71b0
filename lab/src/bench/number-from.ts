import { InkError } from '@inkcast/shared/errors';

/**
 * A word that a benchmark is told.
 *
 * @param what the word says, in the plural or with its article
 * @throws InkError INK_USAGE where it is no whole number, or less than `least`
 */
export function numberFrom(word: string | undefined, what: string, fallback: number, least = 1): number {
  if (word === undefined) return fallback;
  const value = Number(word);
  if (Number.isSafeInteger(value) && value >= least && word.trim() !== '') return value;
  throw new InkError('INK_USAGE', `"${word}" cannot be ${what}: it must be a whole number from ${least} on.`);
}
