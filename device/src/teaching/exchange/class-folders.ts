import { posix } from 'node:path';
import { DIGIT_SIDE } from '@inkcast/shared/normalization';
import { classNameSchema, type LabelledCrop, type LabelledCrops } from '@inkcast/shared/teaching';
import { openSharp } from '../../sharp/index.js';
import type { ImportedCrop } from '../given-labels.js';
import { cropPng } from './crop-png.js';
import { HELD_BACK_FILE, heldBackIn } from './held-back.js';
import { refused } from './tar-archive.js';

const PICTURE = /\.(png|jpe?g|webp|tiff?|bmp|gif)$/i;

/** One folder a class, with a PNG of 28x28 pixels a crop, and a list of those that are held back. */
export async function toFolders({ crops }: LabelledCrops): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const crop of crops) files.set(pathOf(crop), await cropPng(crop.pixels));
  const heldBack = crops.filter((crop) => crop.heldBack).map(pathOf);
  return files.set(HELD_BACK_FILE, Buffer.from(`${JSON.stringify(heldBack, null, 1)}\n`));
}

/** The inverse of `toFolders`; the folders may lie in another one. @throws InkError INK_DATASET_INVALID */
export async function fromFolders(files: ReadonlyMap<string, Uint8Array>): Promise<ImportedCrop[]> {
  const heldBack = heldBackIn(files, (value) => typeof value === 'string');
  const crops: ImportedCrop[] = [];
  for (const [path, bytes] of files) {
    if (!PICTURE.test(path) || posix.basename(path).startsWith('.')) continue;
    const [name = '', folder = ''] = path.split('/').toReversed();
    const key = `${folder}/${name}`;
    crops.push({
      label: labelOf(folder, path),
      pixels: await pixelsOf(bytes, path),
      heldBack: heldBack?.includes(key),
    });
  }
  return crops;
}

/** A class may have any name, and a folder may not. */
const pathOf = ({ id, label }: LabelledCrop): string =>
  `${encodeURIComponent(label).replace(/^\.+/, (dots) => '%2E'.repeat(dots.length))}/${id}.png`;

function labelOf(folder: string, path: string): string {
  const parsed = classNameSchema.safeParse(decoded(folder));
  if (!parsed.success) throw refused(`${path} lies in no folder that is named like a class`);
  return parsed.data;
}

function decoded(folder: string): string {
  try {
    return decodeURIComponent(folder);
  } catch {
    return folder;
  }
}

async function pixelsOf(bytes: Uint8Array, path: string): Promise<Uint8Array> {
  const sharp = await openSharp();
  const decoding = sharp(bytes).flatten({ background: '#000000' }).grayscale().raw({ depth: 'uchar' });
  const { data, info } = await decoding.toBuffer({ resolveWithObject: true }).catch((cause: unknown) => {
    throw refused(`${path} is no picture`, cause);
  });
  if (info.width !== DIGIT_SIDE || info.height !== DIGIT_SIDE) {
    throw refused(`${path} has ${info.width}x${info.height} pixels, and a crop has ${DIGIT_SIDE}x${DIGIT_SIDE}`);
  }
  return new Uint8Array(data);
}
