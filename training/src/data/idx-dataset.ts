import { basename, dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
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

/** The largest content of a compressed file: EMNIST's 814,255 pictures take less than a third of it. */
const MAX_UNPACKED_BYTES = 2 ** 31;

/** How a file lays out its pictures and labels. */
export interface IdxLayout {
  /** The label of the first class; default: 0. */
  readonly firstLabel?: number | undefined;
  /** The pictures are stored by columns. */
  readonly transposed?: boolean | undefined;
  /** 255 is paper and 0 is ink. */
  readonly inverted?: boolean | undefined;
}

/**
 * Reads two IDX files, which may be compressed with gzip.
 *
 * @param classes names of the classes, by label
 * @throws InkError INK_FILE_UNREADABLE, or INK_IDX_INVALID naming the file and the byte offset
 */
export async function readIdxDataset(
  name: string,
  pair: IdxPair,
  classes: readonly string[],
  layout: IdxLayout = {},
): Promise<Dataset> {
  const [imageBytes, labelBytes] = await Promise.all([readWholeFile(pair.images), readWholeFile(pair.labels)]);
  const sums = { [basename(pair.images)]: sha256(imageBytes), [basename(pair.labels)]: sha256(labelBytes) };
  const bytes = { images: unpacked(imageBytes, pair.images), labels: unpacked(labelBytes, pair.labels) };
  return idxDataset(name, pair, bytes, classes, { sums, layout });
}

/** Like `readIdxDataset`, but from bytes in memory. `pair` contains the names of the files in messages. */
export function idxDataset(
  name: string,
  pair: IdxPair,
  bytes: { readonly images: Uint8Array; readonly labels: Uint8Array },
  classes: readonly string[],
  { sums, layout = {} }: { readonly sums: Readonly<Record<string, string>>; readonly layout?: IdxLayout },
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
  const invalid = (reason: string, remedy?: string) =>
    new InkError('INK_IDX_INVALID', `${pair.labels} ${reason}.`, remedy === undefined ? {} : { remedy });
  if (labels.sizes[0] !== count) throw invalid(`has ${labels.sizes[0]} labels at byte 4 for ${count} pictures`);
  const { firstLabel = 0, transposed = false, inverted = false } = layout;
  const wrong = labels.data.findIndex((label) => label < firstLabel || label >= firstLabel + classes.length);
  if (wrong >= 0) {
    const from = firstLabel === 0 ? '' : ` from ${firstLabel} on`;
    throw invalid(
      `has the label ${labels.data[wrong]} at byte ${8 + wrong}, and there are ${classes.length} classes${from}`,
      'Name the classes in classes.txt beside the files, one on each line, in the order of the labels.',
    );
  }
  const inked = inverted ? images.data.map((value) => 255 - value) : images.data;
  return {
    name,
    shape: transposed ? [width, height, 1] : [height, width, 1],
    images: transposed ? transpose(inked, height, width) : inked,
    labels: Uint16Array.from(labels.data, (label) => label - firstLabel),
    classes,
    sha256: sums,
  };
}

/** The bytes of a file, or its content if it is compressed with gzip. */
function unpacked(bytes: Uint8Array, path: string): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_UNPACKED_BYTES });
  } catch (cause) {
    throw new InkError('INK_IDX_INVALID', `${path} cannot be unpacked with gzip.`, { cause });
  }
}

/** Exchanges rows and columns of each picture of `height` x `width`. */
function transpose(images: Uint8Array, height: number, width: number): Uint8Array {
  const size = height * width;
  const turned = new Uint8Array(images.length);
  for (let start = 0; start < images.length; start += size) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) turned[start + x * height + y] = images[start + y * width + x];
    }
  }
  return turned;
}
