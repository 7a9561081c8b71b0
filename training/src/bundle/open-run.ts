import { InkError } from '@inkcast/shared/errors';
import { type TrainedNetwork, weightsHash } from '../checkpoint/index.js';
import { type DataSource, type Dataset, hasTest, type OpenCharacterReader, TEST_SHARE } from '../data/index.js';
import type { Recipe } from '../recipe/index.js';
import { RunFolder, type RunSummary, readPictures } from '../trainer/index.js';
import type { TestSource, WeightsSource } from './bundle-content.js';

/** Seed for the choice of calibration pictures for imported weights. */
const IMPORTED_SEED = 1;
/** Share of the pictures that are used only to fit the temperature. */
const IMPORTED_VALIDATION = 0.1;

/** Weights, for example of a finished run, with the pictures for calibration and test. */
export interface FinishedRun extends WeightsSource {
  readonly train: Dataset;
  readonly validation: Dataset | undefined;
  readonly test: Dataset;
  /** The origin of the test pictures. */
  readonly tested: TestSource;
  /** A warning about the results for the user. */
  readonly doubt?: string;
}

type PictureSource = Pick<Recipe, 'data' | 'validation' | 'test' | 'seed'>;

/**
 * Opens a run and its pictures for training, validation and test, or the pictures of `data`.
 *
 * @param openReader opens the reader for a user's own pictures
 * @param data replaces the data of the recipe. If it has no test pictures, some pictures are held out
 * @throws InkError INK_RUN_MISSING, or INK_DATASET_INVALID if the data has changed since the training, does not fit, or
 * has no test pictures
 */
export async function openRun(path: string, openReader: OpenCharacterReader, data?: DataSource): Promise<FinishedRun> {
  const folder = new RunFolder(path);
  const recipe = await folder.recipe();
  const trained = await folder.weights();
  const [summary, history] = [await folder.summary(), await folder.history()];
  if (data === undefined) {
    const pictures = await picturesFor(path, trained, recipe, openReader);
    checkUnchanged(path, summary, pictures);
    return { trained, recipe, summary, history, ...pictures };
  }
  const pictures = await picturesFor(path, trained, { ...recipe, data, test: recipe.test || TEST_SHARE }, openReader);
  const isHeldOut = hasTest(data) || (recipe.test ?? 0) > 0;
  const doubt = `${path} was trained on these test pictures.`;
  const doubts = !isHeldOut && sharesPictures(summary.dataset, pictures.test) ? { doubt } : {};
  return { trained, recipe, summary, history, ...pictures, ...doubts };
}

/**
 * Imported weights with pictures for calibration and test. The bundle names these pictures as its data, because the
 * training data of the weights is unknown.
 *
 * @param origin what is known about the weights; the bundle keeps it
 * @throws InkError INK_DATASET_INVALID if the pictures do not fit or there are no test pictures
 */
export async function openImported(
  path: string,
  trained: TrainedNetwork,
  {
    origin,
    data,
    openReader,
    madeWith,
  }: {
    readonly origin: object;
    readonly data: DataSource;
    readonly openReader: OpenCharacterReader;
    readonly madeWith: Record<string, string>;
  },
): Promise<FinishedRun> {
  const recipe = { ...origin, seed: IMPORTED_SEED };
  const source = { data, seed: IMPORTED_SEED, validation: IMPORTED_VALIDATION, test: TEST_SHARE };
  const pictures = await picturesFor(path, trained, source, openReader);
  const { name, sha256 } = pictures.train;
  const summary = { dataset: { name, sha256 }, weightsSha256: weightsHash(trained.parameters), madeWith };
  return { trained, recipe, summary, history: [], ...pictures };
}

/** The run with other weights of the same network, for example for another range of its input. */
export const withWeights = (run: FinishedRun, trained: TrainedNetwork): FinishedRun => ({
  ...run,
  trained,
  summary: { ...run.summary, weightsSha256: weightsHash(trained.parameters) },
});

async function picturesFor(
  path: string,
  trained: TrainedNetwork,
  source: PictureSource,
  openReader: OpenCharacterReader,
): Promise<Pick<FinishedRun, 'train' | 'validation' | 'test' | 'tested'>> {
  const { train, validation, test } = await readPictures(source, openReader);
  checkPictures(path, trained, train);
  if (test === undefined) {
    throw new InkError('INK_DATASET_INVALID', `The data of ${path} has no test pictures to score the model on.`, {
      remedy: 'Name data with --data, or train again with a share for the test (--test).',
    });
  }
  const { data, test: share = 0 } = source;
  return { train, validation, test, tested: hasTest(data) ? { data } : { data, test: share } };
}

/** Fails if the data has changed: added or removed pictures move others between training and validation. */
function checkUnchanged(
  path: string,
  { dataset }: RunSummary,
  { train, test }: Pick<FinishedRun, 'train' | 'test'>,
): void {
  const found = new Set([...Object.values(train.sha256), ...Object.values(test.sha256)]);
  const changed = Object.entries(dataset.sha256).find(([, sum]) => !found.has(sum));
  if (changed === undefined) return;
  const reason = `The data ${train.name} is no longer what ${path} was trained on: "${changed[0]}" has changed.`;
  throw new InkError('INK_DATASET_INVALID', reason, {
    remedy: 'Restore the data, train again, or name other data with --data.',
  });
}

/** Whether some of the pictures are training pictures of the run. */
function sharesPictures({ sha256 }: RunSummary['dataset'], pictures: Dataset): boolean {
  const sums = new Set(Object.values(sha256));
  return Object.values(pictures.sha256).some((sum) => sums.has(sum));
}

function checkPictures(path: string, { network, labels }: TrainedNetwork, { name, shape, classes }: Dataset): void {
  const [input] = network.layers;
  const unknown = classes.find((label) => !labels.includes(label));
  if (input.kind === 'input' && input.shape.join() === shape.join() && unknown === undefined) return;
  const reason =
    unknown === undefined ? `its pictures are ${shape.join('x')}` : `it has the class "${unknown}", unknown to it`;
  throw new InkError('INK_DATASET_INVALID', `The data ${name} does not fit ${path}: ${reason}.`);
}
