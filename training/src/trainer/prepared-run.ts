import { openBundle } from '@inkcast/shared/bundle';
import { InkError } from '@inkcast/shared/errors';
import { type TrainedNetwork, weightsHash } from '../checkpoint/index.js';
import { type Dataset, holdOutTest, type OpenCharacterReader, readDataSource, stratifiedSplit } from '../data/index.js';
import { buildModel, type Network, type Parameters } from '../models/index.js';
import { type Recipe, validationShare } from '../recipe/index.js';
import { joinDatasets, rehearsedBy } from '../replay/index.js';
import { openTrained } from './open-trained.js';
import { transferTo } from './transfer.js';

/** A recipe with everything that it names: pictures, network and weights. */
export interface PreparedRun {
  readonly recipe: Recipe;
  readonly network: Network;
  /** Initial weights from another network. The seed determines the others. */
  readonly start: Parameters;
  readonly train: Dataset;
  readonly validation: Dataset | undefined;
  readonly test: Dataset | undefined;
  /** Networks whose soft labels the run learns from; empty without distillation. */
  readonly teachers: readonly TrainedNetwork[];
}

/** The pictures of a run, in their parts. */
export type RunPictures = Pick<PreparedRun, 'train' | 'validation' | 'test'>;

/** Reads the data, splits it and builds the network. */
export async function prepareRun(recipe: Recipe, openReader: OpenCharacterReader): Promise<PreparedRun> {
  return runOn(recipe, await readPictures(recipe, openReader));
}

/** Prepares a recipe with pictures that are already in memory. */
export async function runOn(recipe: Recipe, pictures: RunPictures): Promise<PreparedRun> {
  const teachers = await Promise.all((recipe.distillation?.teachers ?? []).map(openNamed));
  return { recipe, ...pictures, teachers, ...(await buildNetwork(recipe, pictures.train)) };
}

/** Reads the data that a recipe names and sets its shares for test and validation aside. */
export async function readPictures(
  recipe: Pick<Recipe, 'data' | 'validation' | 'test' | 'seed' | 'replay'>,
  openReader: OpenCharacterReader,
): Promise<RunPictures> {
  const pair = await readDataSource(recipe.data, openReader);
  const share = recipe.test ?? 0;
  const { train, test } = pair.test === undefined && share > 0 ? holdOutTest(pair.train, share) : pair;
  if (recipe.validation === 'test' && test === undefined) {
    throw new InkError('INK_DATASET_INVALID', `${train.name} has no test pictures to draw the curves of.`);
  }
  const validation = validationShare(recipe);
  const parts = validation === 0 ? { train, validation: undefined } : stratifiedSplit(train, validation, recipe.seed);
  if (recipe.replay === undefined) return { ...parts, test };
  return { ...parts, train: await withReplay(parts.train, recipe.replay), test };
}

/** Adds a bundle's replay set. Its classes are then those of the run. */
async function withReplay(train: Dataset, { from, sha256 }: NonNullable<Recipe['replay']>): Promise<Dataset> {
  const replay = rehearsedBy(await openBundle(from));
  if (!Object.values(replay.sha256).includes(sha256)) {
    throw new InkError('INK_DATASET_INVALID', `The replay set of ${from} is not the one that the recipe names.`);
  }
  return joinDatasets(train.name, replay.classes, [train, replay]);
}

async function buildNetwork(
  recipe: Recipe,
  data: Pick<Dataset, 'shape' | 'classes'>,
): Promise<{ network: Network; start: Parameters }> {
  const { base, model } = recipe;
  if (base === undefined) {
    const { name, width, depth } = model;
    const network = buildModel(name, { width, depth, inputShape: data.shape, classes: data.classes.length });
    return { network, start: new Map() };
  }
  const { network, parameters } = transferTo(await openNamed(base), data.classes);
  return { network, start: parameters };
}

/** Opens the network that a recipe names. */
async function openNamed({ from, sha256 }: NonNullable<Recipe['base']>): Promise<TrainedNetwork> {
  const trained = await openTrained(from);
  if (weightsHash(trained.parameters) === sha256) return trained;
  throw new InkError('INK_CHECKPOINT_INVALID', `The weights in ${from} are not those that the recipe names.`, {
    remedy: 'Restore the original weights, or create a new recipe.',
  });
}
