import type { Verdict } from '@inkcast/shared/teaching';

/** With fewer held-back labels nothing is said. */
const MIN_COUNT = 10;
/** Level of significance. */
const MAX_CHANCE = 0.05;

export interface ReadTwice {
  /** Undefined if the base does not know the classes. */
  readonly wasRight: boolean | undefined;
  readonly isRight: boolean;
}

/**
 * Whether a candidate is better on the same labels than its base: McNemar's exact test (1947) on those that only one of
 * them reads right. Few of them tell nothing: 2 wrong of 40 before and 1 after may be chance.
 */
export function verdictOf(labels: readonly ReadTwice[]): Verdict {
  if (labels.length < MIN_COUNT || labels.some(({ wasRight }) => wasRight === undefined)) return 'too few to tell';
  const fixed = labels.filter(({ wasRight, isRight }) => !wasRight && isRight).length;
  const broken = labels.filter(({ wasRight, isRight }) => wasRight && !isRight).length;
  if (fixed + broken === 0) return 'same';
  if (chanceOf(Math.min(fixed, broken), fixed + broken) > MAX_CHANCE) return 'too few to tell';
  return fixed > broken ? 'better' : 'worse';
}

/** Probability that of `total` tosses of a coin at most `least` fall on one side, or on the other. */
function chanceOf(least: number, total: number): number {
  let ways = 1;
  let sum = 0;
  for (let heads = 0; heads <= least; heads++) {
    sum += ways;
    ways = (ways * (total - heads)) / (heads + 1);
  }
  return Math.min(1, (2 * sum) / 2 ** total);
}
