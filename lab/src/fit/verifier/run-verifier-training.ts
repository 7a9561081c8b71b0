import { loadWeights } from '@inkcast/training/checkpoint';
import { checkFrameFiles, countOf } from '../frames/check-frame-files.js';
import { type Recipe, recipeOf, saveRecipe } from '../recipe.js';
import { collectPatches, type PatchOptions } from './collect-patches.js';
import { trainVerifier, type VerifierTraining } from './train-verifier.js';

/** The frames and the options of a training. */
export interface VerifierRun
  extends Omit<VerifierTraining, 'patches' | 'start'>,
    Pick<PatchOptions, 'bundle' | 'minSpotLogOdds' | 'leftOut' | 'jobs'> {
  /** Files of frames. */
  readonly frames: readonly string[];
  /** Weights to start from. */
  readonly start: string | undefined;
  /** Receives the numbers of finished frames and of all. */
  readonly onFrames: (frames: number, total: number) => void;
}

/**
 * Trains a verifier on what the spotter of a bundle finds in frames, and writes its weights. A second file describes the
 * training: every option, the hashes of the files, and the same for the initial weights.
 *
 * @returns the number of pictures
 * @throws InkError INK_DATASET_INVALID; the errors of `loadWeights`, `collectPatches` and the engine
 */
export async function runVerifierTraining(run: VerifierRun): Promise<number> {
  const { frames, start, leftOut, bundle, minSpotLogOdds, jobs, onFrames, ...training } = run;
  const files = await checkFrameFiles(frames);
  const from = start === undefined ? undefined : (await loadWeights(start)).parameters;
  const recipe: Recipe = {
    ...{ frames: files.map(({ sha256 }) => sha256), leftOut: [...leftOut], minSpotLogOdds },
    ...{ steps: training.steps, rate: training.learningRate, seed: training.seed },
    ...(start === undefined ? {} : { start: await recipeOf(start) }),
  };
  const total = countOf(files, (kind) => !leftOut.includes(kind));
  const patches = await collectPatches({
    ...{ bundle, minSpotLogOdds, leftOut, jobs, files: frames, limit: Number.POSITIVE_INFINITY },
    ...{ progress: (done: number) => onFrames(done, total), signal: training.signal },
  });
  await trainVerifier({ ...training, patches, ...(from === undefined ? {} : { start: from }) });
  if (training.signal?.aborted !== true) await saveRecipe(training.out, recipe);
  return patches.length;
}
