import { InkError } from '@inkcast/shared/errors';
import { loadWeights } from '@inkcast/training/checkpoint';
import { checkFrameFiles, countOf } from '../frames/check-frame-files.js';
import { type Recipe, recipeOf, saveRecipe } from '../recipe.js';
import { type SpotterTraining, trainSpotter } from './train-spotter.js';

/** The files of a training. */
export interface SpotterRun extends Omit<SpotterTraining, 'start' | 'learningRate'> {
  readonly learningRate: number;
  /** Weights to start from. */
  readonly start: string | undefined;
}

/**
 * Trains a spotter and writes its weights. A second file describes the training: every option, the hashes of the files, and
 * the same for the initial weights.
 *
 * @returns the number of training frames
 * @throws InkError INK_DATASET_INVALID if no training frame is left; the errors of `loadWeights` and the engine
 */
export async function runSpotterTraining({ start, ...training }: SpotterRun): Promise<number> {
  const { frames, leftOut, steps, learningRate, seed, out } = training;
  const files = await checkFrameFiles(frames);
  const learned = countOf(files, (kind) => !leftOut.includes(kind));
  if (learned === 0) throw new InkError('INK_DATASET_INVALID', 'All frames are of kinds that are left out.');
  const from = start === undefined ? undefined : (await loadWeights(start)).parameters;
  const recipe: Recipe = {
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
