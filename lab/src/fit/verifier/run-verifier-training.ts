import { checkFrameFiles, countOf } from '../frames/check-frame-files.js';
import { saveRecipe } from '../recipe.js';
import { collectPatches, type PatchOptions } from './collect-patches.js';
import { trainVerifier, type VerifierTraining } from './train-verifier.js';

/** The frames and the options of a training. */
export interface VerifierRun
  extends Omit<VerifierTraining, 'patches'>,
    Pick<PatchOptions, 'bundle' | 'minSpotLogOdds' | 'leftOut' | 'jobs'> {
  /** Files of frames. */
  readonly frames: readonly string[];
  /** Receives the numbers of finished frames and of all. */
  readonly onFrames: (frames: number, total: number) => void;
}

/**
 * Trains a verifier on what the spotter of a bundle finds in frames, and writes its weights. A second file describes the
 * training: every option, and the hashes of the files.
 *
 * @returns the number of pictures
 * @throws InkError INK_DATASET_INVALID; the errors of `collectPatches` and the engine
 */
export async function runVerifierTraining(run: VerifierRun): Promise<number> {
  const { frames, leftOut, bundle, minSpotLogOdds, jobs, onFrames, ...training } = run;
  const files = await checkFrameFiles(frames);
  const total = countOf(files, (kind) => !leftOut.includes(kind));
  const patches = await collectPatches({
    ...{ bundle, minSpotLogOdds, leftOut, jobs, files: frames, limit: Number.POSITIVE_INFINITY },
    ...{ progress: (done: number) => onFrames(done, total), signal: training.signal },
  });
  await trainVerifier({ ...training, patches });
  if (training.signal?.aborted !== true) {
    await saveRecipe(training.out, {
      frames: files.map(({ sha256 }) => sha256),
      leftOut: [...leftOut],
      minSpotLogOdds,
      steps: training.steps,
      rate: training.learningRate,
      seed: training.seed,
    });
  }
  return patches.length;
}
