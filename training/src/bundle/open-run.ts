import { InkError } from '@inkcast/shared/errors';
import type { EpochRecord, TrainedNetwork } from '../checkpoint/index.js';
import { type DataSource, type Dataset, DIGIT_CLASSES, DIGIT_SHAPE, readMnistTest } from '../data/index.js';
import type { Recipe } from '../recipe/index.js';
import { RunFolder, type RunSummary, readPictures } from '../trainer/index.js';

/** A finished run with the pictures that a bundle is made with. */
export interface FinishedRun {
  readonly trained: TrainedNetwork;
  readonly recipe: Recipe;
  readonly summary: RunSummary;
  readonly history: readonly EpochRecord[];
  readonly train: Dataset;
  readonly validation: Dataset | undefined;
  readonly test: Dataset;
}

/**
 * Opens a run and its pictures. A model that knows the ten digits is tested on MNIST's test pictures, whatever it was
 * trained on, so that figures of bundles compare; any other on those of its own data.
 *
 * @param data in the place of what the recipe names
 * @throws InkError INK_RUN_MISSING, or INK_DATASET_INVALID where there is nothing to test on
 */
export async function openRun(path: string, data?: DataSource): Promise<FinishedRun> {
  const folder = new RunFolder(path);
  const recipe = await folder.recipe();
  const trained = await folder.weights();
  const [summary, history] = [await folder.summary(), await folder.history()];
  const pictures = await readPictures(data === undefined ? recipe : { ...recipe, data });
  checkPictures(path, trained, pictures.train);
  const test = knowsDigits(trained, pictures.train) ? await readMnistTest() : pictures.test;
  if (test !== undefined) return { trained, recipe, summary, history, ...pictures, test };
  throw new InkError('INK_DATASET_INVALID', `The data of ${path} has no test pictures to score the model on.`, {
    remedy: 'Name data with test pictures by --data.',
  });
}

function checkPictures(path: string, { network, labels }: TrainedNetwork, { name, shape, classes }: Dataset): void {
  const [input] = network.layers;
  const unknown = classes.find((label) => !labels.includes(label));
  if (input.kind === 'input' && input.shape.join() === shape.join() && unknown === undefined) return;
  const reason =
    unknown === undefined ? `its pictures are ${shape.join('x')}` : `it has the class "${unknown}", unknown to it`;
  throw new InkError('INK_DATASET_INVALID', `The data ${name} does not fit the run ${path}: ${reason}.`);
}

const knowsDigits = ({ labels }: TrainedNetwork, { shape }: Dataset): boolean =>
  shape.join() === DIGIT_SHAPE.join() && DIGIT_CLASSES.every((digit) => labels.includes(digit));
