import type { Dataset } from '../data/index.js';
import {
  type ChanceComparison,
  compareWithChance,
  evaluate,
  type InkRange,
  type RangedPredictors,
} from '../evaluation/index.js';

/** What pictures of handwriting are usually turned into: [no ink, full ink]. */
const CANDIDATES: readonly InkRange[] = [
  [0, 1],
  [0, 255],
  [-1, 1],
  [1, 0],
  [255, 0],
  [1, -1],
  [-0.5, 0.5],
  // Less the mean of MNIST's pixels, divided by their standard deviation: 0.1307 and 0.3081.
  [-0.4242, 2.8215],
];

/** How a model does on pictures whose ink has a range. */
export interface RangeScore {
  readonly range: InkRange;
  readonly accuracy: number;
  readonly chance: ChanceComparison;
}

/**
 * Measures a model with each usual range of its input.
 *
 * @param pictures labelled pictures, as many as are to be measured on
 * @returns the best first
 */
export async function measureRanges(
  predictors: RangedPredictors,
  pictures: Dataset,
): Promise<readonly [RangeScore, ...RangeScore[]]> {
  const [first, ...others] = CANDIDATES;
  const scores: [RangeScore, ...RangeScore[]] = [await measureRange(predictors, pictures, first)];
  for (const range of others) scores.push(await measureRange(predictors, pictures, range));
  return scores.sort((a, b) => b.accuracy - a.accuracy);
}

/** Measures a model with one range of its input. */
export async function measureRange(
  predictors: RangedPredictors,
  pictures: Dataset,
  range: InkRange,
): Promise<RangeScore> {
  const score = await evaluate(predictors.of(range), pictures);
  return { range, accuracy: score.accuracy, chance: compareWithChance(score) };
}
