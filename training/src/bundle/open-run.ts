import { InkError } from '@inkcast/shared/errors';
import { type TrainedNetwork, weightsHash } from '../checkpoint/index.js';
import { type DataSource, type Dataset, DIGIT_CLASSES, DIGIT_SHAPE, readMnistTest } from '../data/index.js';
import { RunFolder, readPictures } from '../trainer/index.js';
import type { WeightsSource } from './bundle-content.js';

/** Draws the pictures that weights from elsewhere are calibrated on. */
const FOREIGN_SEED = 1;
/** Share of the pictures that only a temperature is fitted on. */
const FOREIGN_VALIDATION = 0.1;

/** Weights, such as those of a finished run, with the pictures that a bundle is made with. */
export interface FinishedRun extends WeightsSource {
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
  const pictures = await picturesFor(path, trained, data === undefined ? recipe : { ...recipe, data });
  return { trained, recipe, summary, history, ...pictures };
}

/**
 * Weights from elsewhere with pictures to calibrate and test them on. A bundle names these pictures as its data, since
 * nothing is known of those that the weights were trained on.
 *
 * @param origin what is known about the weights, to be kept in the bundle
 * @throws InkError INK_DATASET_INVALID where the pictures do not fit or there is nothing to test on
 */
export async function openForeign(
  path: string,
  trained: TrainedNetwork,
  {
    origin,
    data,
    madeWith,
  }: { readonly origin: object; readonly data: DataSource; readonly madeWith: Record<string, string> },
): Promise<FinishedRun> {
  const recipe = { ...origin, seed: FOREIGN_SEED };
  const pictures = await picturesFor(path, trained, { data, seed: FOREIGN_SEED, validation: FOREIGN_VALIDATION });
  const { name, sha256 } = pictures.train;
  const summary = { dataset: { name, sha256 }, weightsSha256: weightsHash(trained.parameters), madeWith };
  return { trained, recipe, summary, history: [], ...pictures };
}

async function picturesFor(
  path: string,
  trained: TrainedNetwork,
  source: Parameters<typeof readPictures>[0],
): Promise<Pick<FinishedRun, 'train' | 'validation' | 'test'>> {
  const pictures = await readPictures(source);
  checkPictures(path, trained, pictures.train);
  const test = knowsDigits(trained, pictures.train) ? await readMnistTest() : pictures.test;
  if (test !== undefined) return { ...pictures, test };
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
  throw new InkError('INK_DATASET_INVALID', `The data ${name} does not fit ${path}: ${reason}.`);
}

const knowsDigits = ({ labels }: TrainedNetwork, { shape }: Dataset): boolean =>
  shape.join() === DIGIT_SHAPE.join() && DIGIT_CLASSES.every((digit) => labels.includes(digit));
