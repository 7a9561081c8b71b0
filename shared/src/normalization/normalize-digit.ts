import { resizeArea } from './resize-area.js';

/** Side of a normalised digit, and of the box that its ink is fitted into, as in MNIST. */
export const DIGIT_SIDE = 28;
export const INK_SIDE = 20;

/** Index of the pixel that holds an ink's centre of mass; measured on MNIST's training images. */
const CENTRE = 14;

/** Ink on an empty background, row-major, `width * height` bytes: 0 without ink, 255 where ink covers the pixel. */
export interface Ink {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/**
 * One digit's ink as a 28x28 picture, made like MNIST: the ink's bounding box is scaled to fit 20x20 without changing
 * its aspect ratio, and moved by whole pixels until its centre of mass lies in the pixel (14, 14). Training and the
 * device both call this function, so that a network meets the same pictures in both.
 *
 * Applied to an MNIST picture, it returns the same picture. Source: LeCun, Cortes, Burges, "The MNIST database of
 * handwritten digits", section on the files' format; the rounding was derived from the data.
 *
 * @param ink white ink on black; empty borders do not matter
 * @returns 784 bytes, row-major; all zero if there is no ink
 */
export function normalizeDigit(ink: Ink): Uint8Array {
  const field = new Uint8Array(DIGIT_SIDE * DIGIT_SIDE);
  const box = inkBounds(ink);
  if (box === undefined) return field;
  const scale = INK_SIDE / Math.max(box.width, box.height);
  const width = Math.max(1, Math.round(box.width * scale));
  const height = Math.max(1, Math.round(box.height * scale));
  const fitted = resizeArea(ink, box, width, height);
  const centre = centreOfMass(fitted, width, height);
  const left = offset(centre.x, width);
  const top = offset(centre.y, height);
  for (let y = 0; y < height; y++) {
    field.set(fitted.subarray(y * width, (y + 1) * width), (top + y) * DIGIT_SIDE + left);
  }
  return field;
}

/** Where the fitted ink begins, so that its centre of mass is in the centre pixel and no ink is cut off. */
function offset(centre: number, size: number): number {
  const wanted = CENTRE - Math.ceil(centre - 0.5);
  return Math.min(DIGIT_SIDE - size, Math.max(0, wanted));
}

interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function inkBounds({ width, height, data }: Ink): Bounds | undefined {
  let left = width;
  let right = -1;
  let top = height;
  let bottom = -1;
  for (let y = 0; y < height; y++) {
    const start = y * width;
    let first = 0;
    while (first < width && data[start + first] === 0) first++;
    if (first === width) continue;
    let last = width - 1;
    while (data[start + last] === 0) last--;
    if (first < left) left = first;
    if (last > right) right = last;
    if (y < top) top = y;
    bottom = y;
  }
  return right < 0 ? undefined : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

function centreOfMass(data: Uint8Array, width: number, height: number): { x: number; y: number } {
  let mass = 0;
  let sumX = 0;
  let sumY = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = data[y * width + x];
      mass += value;
      sumX += value * x;
      sumY += value * y;
    }
  }
  // Faint ink can vanish in scaling; the centre of the box is then as good as any position.
  return mass === 0 ? { x: (width - 1) / 2, y: (height - 1) / 2 } : { x: sumX / mass, y: sumY / mass };
}
