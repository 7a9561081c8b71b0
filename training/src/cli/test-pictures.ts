import { isDeepStrictEqual } from 'node:util';
import { openBundle } from '@inkcast/shared/bundle';
import { InkError } from '@inkcast/shared/errors';
import {
  type Dataset,
  dataSourceFor,
  dataSourceSchema,
  hasTest,
  type OpenCharacterReader,
  readDataSource,
} from '../data/index.js';
import { recipeSchema } from '../recipe/index.js';
import { isBundle, RunFolder, readPictures } from '../trainer/index.js';
import { DATA_REMEDY } from './required-data.js';

/** The option `--data` of commands that test a model. */
export const DATA_OPTION = {
  type: 'string',
  describe: 'Data set; its test pictures are used, if it has any. Default: the test pictures that the model names',
} as const;

type PictureSource = Parameters<typeof readPictures>[0];

/**
 * The test pictures for a model: those of `data` or, without it, those that the run or bundle was tested on. The labels
 * of a model say nothing about its data, so nothing is derived from them.
 *
 * @param target a bundle, a run folder or a file
 * @param data the value of `--data`
 * @param openReader opens the reader for a user's own pictures
 * @throws InkError INK_USAGE if neither argument names the data, or the error of reading it
 */
export async function testPicturesFor(
  target: string,
  data: string | undefined,
  openReader: OpenCharacterReader,
): Promise<Dataset> {
  const own = await sourceOf(target);
  if (data === undefined) return ownPictures(target, own, openReader);
  const named = await dataSourceFor(data);
  // Training pictures would flatter the model, so only the held-out part of its own data is used.
  if (!hasTest(named) && isDeepStrictEqual(named, own?.data) && own?.test !== undefined)
    return ownPictures(target, own, openReader);
  const { train, test } = await readDataSource(named, openReader);
  return test ?? train;
}

async function ownPictures(
  target: string,
  source: PictureSource | undefined,
  openReader: OpenCharacterReader,
): Promise<Dataset> {
  if (source === undefined) {
    throw new InkError('INK_USAGE', `${target} does not name its data.`, { remedy: DATA_REMEDY });
  }
  const { test } = await readPictures(source, openReader).catch((cause: unknown) => {
    if (!(cause instanceof InkError)) throw cause;
    throw new InkError(cause.code, `The data of ${target} cannot be read: ${cause.message}`, {
      cause,
      remedy: DATA_REMEDY,
    });
  });
  if (test !== undefined) return test;
  throw new InkError('INK_DATASET_INVALID', `The data of ${target} has no test pictures.`, { remedy: DATA_REMEDY });
}

async function sourceOf(target: string): Promise<PictureSource | undefined> {
  const run = new RunFolder(target);
  if (await run.exists()) return run.recipe();
  if (!(await isBundle(target))) return undefined;
  const { testedOn, recipe } = (await openBundle(target)).manifest;
  const source = dataSourceSchema.safeParse(testedOn?.data);
  // The held-out pictures do not depend on the validation share.
  if (source.success) return { data: source.data, validation: 0, seed: 0, ...optional(testedOn?.test) };
  const kept = recipeSchema.safeParse(recipe);
  return kept.success ? kept.data : undefined;
}

const optional = (test: number | undefined): { readonly test?: number } => (test === undefined ? {} : { test });
