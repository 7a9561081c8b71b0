import { access, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { InkError } from '@inkcast/shared/errors';
import { readWholeFile } from '@inkcast/shared/files';
import { z } from 'zod';
import { emnistFile } from './emnist.js';
import { labelsFileFor } from './idx-dataset.js';

const idxPairSchema = z.strictObject({ images: z.string().min(1), labels: z.string().min(1) });

/** Two IDX files, and optionally two more for the test; compressed with gzip or not. */
export const idxSourceSchema = z.strictObject({
  kind: z.literal('idx'),
  train: idxPairSchema,
  test: idxPairSchema.optional(),
  /** Names of the classes, by label; default: the ten digits. */
  classes: z.array(z.string().min(1)).min(2).optional(),
  /** The label of the first class; default: 0. */
  firstLabel: z.int().min(0).max(255).optional(),
  /** Whether the files contain the pictures by columns. */
  transposed: z.boolean().optional(),
  /** Whether 255 is paper and 0 is ink. */
  inverted: z.boolean().optional(),
});

export type IdxSource = z.infer<typeof idxSourceSchema>;

/** The file beside IDX files that names their classes, one on each line, in the order of the labels. */
const CLASSES_FILE = 'classes.txt';

/**
 * The source that one IDX file of pictures is. For EMNIST's training pictures, it includes the test pictures beside them.
 *
 * @throws InkError INK_DATASET_INVALID for an invalid `classes.txt`
 */
export async function idxFileSource(images: string): Promise<IdxSource> {
  const emnist = emnistFile(images);
  const test = emnist?.part === 'train' && (await exists(emnist.testImages)) ? emnist.testImages : undefined;
  return sourceOf(images, test);
}

/**
 * The source that a folder of IDX files is, or undefined where there are none. Files whose names begin with `t10k` or
 * contain `test` hold the test pictures.
 *
 * @throws InkError INK_DATASET_INVALID if there is more than one file of training or of test pictures
 */
export async function idxFolderSource(folder: string): Promise<IdxSource | undefined> {
  const names = (await readdir(folder)).filter((name) => /images[-.]idx3/.test(name)).sort();
  // An archive beside its unpacked content is the same data set.
  const images = names.filter((name) => !(name.endsWith('.gz') && names.includes(name.slice(0, -'.gz'.length))));
  if (images.length === 0) return undefined;
  const isTest = (name: string): boolean => /(^|-)(t10k|test)-/.test(name);
  const test = only(folder, images.filter(isTest), 'test');
  const train =
    only(
      folder,
      images.filter((name) => !isTest(name)),
      'training',
    ) ?? test;
  const path = (name: string): string => join(folder, name);
  if (train === undefined) return undefined;
  return sourceOf(path(train), test === undefined || test === train ? undefined : path(test));
}

function only(folder: string, names: readonly string[], what: string): string | undefined {
  if (names.length < 2) return names[0];
  throw new InkError(
    'INK_DATASET_INVALID',
    `${folder} contains several files of ${what} pictures: ${names.join(', ')}.`,
    {
      remedy: 'Name the file of training pictures instead of the folder.',
    },
  );
}

async function sourceOf(train: string, test: string | undefined): Promise<IdxSource> {
  const pair = (images: string) => ({ images, labels: labelsFileFor(images) });
  const emnist = emnistFile(train);
  const layout =
    emnist === undefined
      ? {}
      : {
          classes: [...emnist.classes],
          transposed: true,
          ...(emnist.firstLabel === 0 ? {} : { firstLabel: emnist.firstLabel }),
        };
  const classes = await namedClasses(join(dirname(train), CLASSES_FILE));
  return {
    kind: 'idx',
    train: pair(train),
    ...(test === undefined ? {} : { test: pair(test) }),
    ...layout,
    ...(classes === undefined ? {} : { classes }),
  };
}

async function namedClasses(path: string): Promise<string[] | undefined> {
  if (!(await exists(path))) return undefined;
  const lines = (await readWholeFile(path)).toString('utf8').split('\n');
  const names = lines.map((line) => line.trim()).filter((line) => line !== '');
  const repeated = names.find((name, index) => names.indexOf(name) < index);
  const fault = repeated === undefined ? names.length < 2 && 'at least two are necessary' : `"${repeated}" is repeated`;
  if (fault === false) return names;
  throw new InkError('INK_DATASET_INVALID', `${basename(path)} in ${dirname(path)} names the classes, but ${fault}.`);
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
