import { encodeIdx, parseIdx } from '@inkcast/shared/idx';
import { DIGIT_SIDE } from '@inkcast/shared/normalization';
import { classNameSchema, type LabelledCrops } from '@inkcast/shared/teaching';
import { z } from 'zod';
import type { ImportedCrop } from '../given-labels.js';
import { HELD_BACK_FILE, heldBackIn, jsonIn } from './held-back.js';
import { refused } from './tar-archive.js';

const IMAGES = /images[-.]idx3[-.]ubyte$/;
const LABELS = /labels[-.]idx1[-.]ubyte$/;
const CLASSES_FILE = 'classes.json';
const DIGITS = Array.from({ length: 10 }, (_, digit) => String(digit));
const PIXELS = DIGIT_SIDE * DIGIT_SIDE;

/** A pair of IDX files as MNIST has them, with the names of the labels, and which crops are held back. */
export function toIdxPair({ classes, crops }: LabelledCrops): ReadonlyMap<string, Uint8Array> {
  const images = new Uint8Array(crops.length * PIXELS);
  crops.forEach(({ pixels }, index) => {
    images.set(pixels, index * PIXELS);
  });
  const labels = Uint8Array.from(crops, ({ label }) => classes.indexOf(label));
  const json = (value: unknown) => Buffer.from(`${JSON.stringify(value)}\n`);
  return new Map<string, Uint8Array>([
    ['images-idx3-ubyte', encodeIdx({ sizes: [crops.length, DIGIT_SIDE, DIGIT_SIDE], data: images })],
    ['labels-idx1-ubyte', encodeIdx({ sizes: [crops.length], data: labels })],
    [CLASSES_FILE, json(classes)],
    [HELD_BACK_FILE, json(crops.map(({ heldBack }) => heldBack))],
  ]);
}

export const isIdxPair = (files: ReadonlyMap<string, Uint8Array>): boolean =>
  [...files.keys()].some((path) => IMAGES.test(path));

/**
 * The inverse of `toIdxPair`. Without names, labels are digits, as in MNIST itself.
 *
 * @throws InkError INK_DATASET_INVALID, INK_IDX_INVALID
 */
export function fromIdxPair(files: ReadonlyMap<string, Uint8Array>): ImportedCrop[] {
  const [imagesName, imageBytes] = [...files].find(([path]) => IMAGES.test(path)) ?? [];
  const [labelsName, labelBytes] = [...files].find(([path]) => LABELS.test(path)) ?? [];
  if (imagesName === undefined || imageBytes === undefined) throw refused('it holds no images-idx3-ubyte');
  if (labelsName === undefined || labelBytes === undefined) throw refused('it holds no labels-idx1-ubyte');
  const images = parseIdx(imageBytes, 3, imagesName);
  const labels = parseIdx(labelBytes, 1, labelsName);
  const [count, rows, columns] = images.sizes;
  if (rows !== DIGIT_SIDE || columns !== DIGIT_SIDE) {
    throw refused(`${imagesName} has ${columns}x${rows} pixels a crop, and a crop has ${DIGIT_SIDE}x${DIGIT_SIDE}`);
  }
  if (labels.sizes[0] !== count) throw refused(`it holds ${labels.sizes[0]} labels for ${count} crops`);
  const heldBack = heldBackIn(files, (value) => typeof value === 'boolean');
  const classes = classesIn(files);
  return Array.from(labels.data, (index, at): ImportedCrop => {
    const label = classes[index];
    if (label === undefined) throw refused(`the label ${index} has no name among ${classes.length}`);
    return { label, pixels: images.data.slice(at * PIXELS, (at + 1) * PIXELS), heldBack: heldBack?.[at] };
  });
}

function classesIn(files: ReadonlyMap<string, Uint8Array>): readonly string[] {
  const named = jsonIn(files, CLASSES_FILE);
  if (named === undefined) return DIGITS;
  const parsed = z.array(classNameSchema).safeParse(named);
  if (!parsed.success) throw refused(`${CLASSES_FILE} is no list of names`);
  return parsed.data;
}
