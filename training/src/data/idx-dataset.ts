import { basename, dirname, join } from 'node:path';
import { InkError } from '@inkcast/shared/errors';
import { readWholeFile, sha256 } from '@inkcast/shared/files';
import { parseIdx } from '@inkcast/shared/idx';
import type { Dataset } from './dataset.js';

/** An IDX file of pictures and the IDX file of their labels. */
export interface IdxPair {
  readonly images: string;
  readonly labels: string;
}

/** The path of the labels for a file of pictures that is named as in MNIST (`...-images-idx3-...`). */
export function labelsFileFor(imagesFile: string): string {
  const name = basename(imagesFile).replace('images', 'labels').replace('idx3', 'idx1');
  return join(dirname(imagesFile), name);
}

/** Twice as many as the largest sets of handwriting have, such as EMNIST's 814,255. Their places are kept in V8's heap. */
const MAX_PICTURES = 2_000_000;

/**
 * @param classes names of the classes, by label
 * @throws InkError INK_FILE_UNREADABLE, or INK_IDX_INVALID naming the file and the byte offset
 */
export async function readIdxDataset(name: string, pair: IdxPair, classes: readonly string[]): Promise<Dataset> {
  const [imageBytes, labelBytes] = await Promise.all([readWholeFile(pair.images), readWholeFile(pair.labels)]);
  const sums = { [basename(pair.images)]: sha256(imageBytes), [basename(pair.labels)]: sha256(labelBytes) };
  return idxDataset(name, pair, { images: imageBytes, labels: labelBytes }, classes, sums);
}

/** Like `readIdxDataset`, but from bytes in memory. `pair` contains the names of the files in messages. */
export function idxDataset(
  name: string,
  pair: IdxPair,
  bytes: { readonly images: Uint8Array; readonly labels: Uint8Array },
  classes: readonly string[],
  sums: Readonly<Record<string, string>>,
): Dataset {
  const images = parseIdx(bytes.images, 3, pair.images);
  const labels = parseIdx(bytes.labels, 1, pair.labels);
  const [count, height, width] = images.sizes;
  if (count > MAX_PICTURES) {
    throw new InkError(
      'INK_IDX_INVALID',
      `${pair.images} holds ${count} pictures, and at most ${MAX_PICTURES} are used.`,
      {
        remedy: 'Use a part of them.',
      },
    );
  }
  const invalid = (reason: string) => new InkError('INK_IDX_INVALID', `${pair.labels} ${reason}.`);
  if (labels.sizes[0] !== count) throw invalid(`has ${labels.sizes[0]} labels at byte 4 for ${count} pictures`);
  const wrong = labels.data.findIndex((label) => label >= classes.length);
  if (wrong >= 0) {
    throw invalid(`has the label ${labels.data[wrong]} at byte ${8 + wrong}, and there are ${classes.length} classes`);
  }
  return {
    name,
    shape: [height, width, 1],
    images: images.data,
    labels: Uint16Array.from(labels.data),
    classes,
    sha256: sums,
  };
}
