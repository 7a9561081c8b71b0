import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openBundle, WEIGHTS_FILE } from '@inkcast/shared/bundle';
import { InkError } from '@inkcast/shared/errors';
import { decodeWeights, loadWeights, type TrainedNetwork } from '../checkpoint/index.js';
import { RunFolder } from './run-folder.js';

/**
 * The trained network with its float weights in a run folder, a bundle, or a file of weights.
 *
 * @throws InkError INK_RUN_MISSING, INK_BUNDLE_INVALID or INK_CHECKPOINT_INVALID, naming it
 */
export async function openTrained(path: string): Promise<TrainedNetwork> {
  if (path.endsWith('.safetensors')) return loadWeights(path);
  const run = new RunFolder(path);
  if (await run.exists()) return run.weights();
  if (!(await isBundle(path))) {
    throw new InkError('INK_RUN_MISSING', `${path} is neither a run folder, a model bundle nor a .safetensors file.`);
  }
  const bundle = await openBundle(path);
  const weights = bundle.files.get(WEIGHTS_FILE);
  if (weights === undefined) {
    throw new InkError('INK_BUNDLE_INVALID', `The bundle ${path} holds no float weights (${WEIGHTS_FILE}).`, {
      remedy: 'Use the run folder it was made from, or a bundle that keeps them.',
    });
  }
  return decodeWeights(weights, join(path, WEIGHTS_FILE));
}

/** Whether `path` is a folder with a manifest. */
export async function isBundle(path: string): Promise<boolean> {
  return stat(join(path, 'manifest.json')).then(
    (entry) => entry.isFile(),
    () => false,
  );
}
