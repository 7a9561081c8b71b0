import { loadWeights, saveWeights } from '@inkcast/training/checkpoint';
import { averageWeights } from '@inkcast/training/trainer';
import { recipeOf, saveRecipe } from './recipe.js';

/** Two files of weights, of which one was trained from the other. */
export interface NetworkAverage {
  readonly one: string;
  readonly other: string;
  /** Of the first, from 0 to 1. */
  readonly share: number;
  /** File of the weights. */
  readonly out: string;
}

/**
 * Writes weights that lie between those of two rounds, and how both were made. A round that learned something new forgets
 * a little of what was known before it; between both, most of both is kept (Wortsman et al., "Robust fine-tuning of
 * zero-shot models", 2022).
 *
 * @throws InkError what `loadWeights` and `averageWeights` throw
 */
export async function averageNetworks({ one, other, share, out }: NetworkAverage): Promise<void> {
  const average = averageWeights(await loadWeights(one), await loadWeights(other), share);
  const recipe = { average: [await recipeOf(one), await recipeOf(other)], share };
  await saveWeights(out, average);
  await saveRecipe(out, recipe);
}
