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

/** Of the options by which a model is asked about pictures. */
export const DATA_OPTION = {
  type: 'string',
  describe: 'The data set, its test pictures where it has some; default: the test pictures that the model itself names',
} as const;

type PictureSource = Parameters<typeof readPictures>[0];

const REMEDY = 'Name its pictures by --data, such as --data mnist.';

/**
 * The pictures to try a model on: those of the data that is named or, of a run or a bundle, those that it was tested on.
 * Nothing is guessed from what its labels are called.
 *
 * @param target a bundle, a run folder or a file
 * @param data as a person names it
 * @param openReader for pictures of one's own
 * @throws InkError INK_USAGE where neither says what data it is, or what reading it throws
 */
export async function testPicturesFor(
  target: string,
  data: string | undefined,
  openReader: OpenCharacterReader,
): Promise<Dataset> {
  const own = await sourceOf(target);
  if (data === undefined) return ownPictures(target, own, openReader);
  const named = await dataSourceFor(data);
  // What a model was trained on says nothing about it: of its own data only what was held out is taken.
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
    throw new InkError('INK_USAGE', `${target} does not say what data it was made for.`, { remedy: REMEDY });
  }
  const { test } = await readPictures(source, openReader).catch((cause: unknown) => {
    if (!(cause instanceof InkError)) throw cause;
    throw new InkError(cause.code, `The data of ${target} cannot be read: ${cause.message}`, { cause, remedy: REMEDY });
  });
  if (test !== undefined) return test;
  throw new InkError('INK_DATASET_INVALID', `The data of ${target} has no test pictures.`, { remedy: REMEDY });
}

async function sourceOf(target: string): Promise<PictureSource | undefined> {
  const run = new RunFolder(target);
  if (await run.exists()) return run.recipe();
  if (!(await isBundle(target))) return undefined;
  const { testedOn, recipe } = (await openBundle(target)).manifest;
  const source = dataSourceSchema.safeParse(testedOn?.data);
  // What was held out does not depend on what was set aside for validation.
  if (source.success) return { data: source.data, validation: 0, seed: 0, ...optional(testedOn?.test) };
  const kept = recipeSchema.safeParse(recipe);
  return kept.success ? kept.data : undefined;
}

const optional = (test: number | undefined): { readonly test?: number } => (test === undefined ? {} : { test });
