import { InkError } from '@inkcast/shared/errors';
import { loadWeights } from '@inkcast/training/checkpoint';
import { checkFrameFiles, countOf } from '../frames/check-frame-files.js';
import { recipeOf, type SpotterRecipe, saveRecipe } from './spotter-recipe.js';
import { type SpotterTraining, trainSpotter } from './train-spotter.js';

/** A training by its files. */
export interface SpotterRun extends Omit<SpotterTraining, 'start' | 'learningRate'> {
  readonly learningRate: number;
  /** Weights to go on from. */
  readonly start: string | undefined;
}

/**
 * Trains a spotter and writes its weights, and beside them how they were made: every option, the hashes of the files, and
 * the same of the weights that it went on from.
 *
 * @returns the frames learned from
 * @throws InkError INK_DATASET_INVALID where no frame is left to learn from; what `loadWeights` and the engine throw
 */
export async function runSpotterTraining({ start, ...training }: SpotterRun): Promise<number> {
  const { frames, leftOut, steps, learningRate, seed, out } = training;
  const files = await checkFrameFiles(frames);
  const learned = countOf(files, (kind) => !leftOut.includes(kind));
  if (learned === 0) throw new InkError('INK_DATASET_INVALID', 'All frames are of kinds that are left out.');
  const from = start === undefined ? undefined : (await loadWeights(start)).parameters;
  const recipe: SpotterRecipe = {
    frames: files.map(({ sha256 }) => sha256),
    leftOut: [...leftOut],
    steps,
    rate: learningRate,
    seed,
    ...(start === undefined ? {} : { start: await recipeOf(start) }),
  };
  await trainSpotter({ ...training, ...(from === undefined ? {} : { start: from }) });
  if (training.signal?.aborted !== true) await saveRecipe(out, recipe);
  return learned;
}
