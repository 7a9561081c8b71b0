import { InkError } from '@inkcast/shared/errors';
import type { Tensor } from '@inkcast/shared/tflite';
import type { PictureShape } from '../data/portable/index.js';

/** How a model's input holds a picture. */
export interface PictureLayout {
  readonly shape: PictureShape;
  /** Equal values for each pixel: 3 for pictures in colour, otherwise 1. */
  readonly copies: number;
}

const RGB = 3;

/**
 * The layout of an input of the shape `[1, height, width, 1]`, `[1, height, width, 3]`, `[1, height, width]`, or
 * `[1, pixels]` of a square picture.
 *
 * @throws InkError INK_TFLITE_INVALID for another shape
 */
export function pictureLayout(name: string, { shape }: Pick<Tensor, 'shape'>): PictureLayout {
  const [batch, ...sizes] = shape;
  const side = Math.sqrt(sizes[0] ?? 0);
  const [height, width, copies] = sizes.length === 1 ? [side, side, 1] : sizes.length === 2 ? [...sizes, 1] : sizes;
  const isPicture = batch === 1 && sizes.length <= 3 && Number.isInteger(height);
  if (isPicture && (copies === 1 || copies === RGB)) return { shape: [height, width, 1], copies };
  const found = `its input has the shape [${shape}], which is not that of one picture with one channel or three`;
  throw new InkError('INK_TFLITE_INVALID', `The model ${name} takes no pictures of ink: ${found}.`);
}

/**
 * Writes one picture into a model's input.
 *
 * @param inks the input's value for each byte of ink
 * @param copies as in `PictureLayout`
 */
export function writePicture(
  input: Tensor['data'],
  picture: Uint8Array,
  inks: readonly number[],
  copies: number,
): void {
  for (let pixel = 0; pixel < picture.length; pixel++) {
    for (let copy = 0; copy < copies; copy++) input[pixel * copies + copy] = inks[picture[pixel]];
  }
}
