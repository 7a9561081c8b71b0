import { DIGIT_SIDE } from '@inkcast/shared/normalization';

/** Sides of the reduced picture. */
const SIDE = DIGIT_SIDE / 2;
/** Weights of a pixel's own row or column, and of those beside it. */
const BLUR = [1, 2, 1];

/**
 * What crops are compared by: the crop at half its size, blurred, with the length 1. So it does not matter if strokes
 * lie a pixel further or are fainter.
 *
 * @param pixels 28x28 bytes
 * @returns 14x14 values, row-major; zeros for a crop without ink
 */
export function lookOf(pixels: Uint8Array): Float32Array {
  const half = new Float32Array(SIDE * SIDE);
  pixels.forEach((ink, at) => {
    const [row, column] = [Math.floor(at / DIGIT_SIDE), at % DIGIT_SIDE];
    half[(row >> 1) * SIDE + (column >> 1)] += ink;
  });
  const blurred = half.map((_, at) => blurAt(half, Math.floor(at / SIDE), at % SIDE));
  const length = Math.hypot(...blurred);
  return length === 0 ? blurred : blurred.map((value) => value / length);
}

/** From 0, nothing in common, to 1, the same but for the strength of the ink. */
export function likeness(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at] * b[at];
  return sum;
}

function blurAt(half: Float32Array, row: number, column: number): number {
  let sum = 0;
  for (let down = -1; down <= 1; down++) {
    for (let across = -1; across <= 1; across++) {
      const [y, x] = [row + down, column + across];
      if (y < 0 || x < 0 || y >= SIDE || x >= SIDE) continue;
      sum += BLUR[down + 1] * BLUR[across + 1] * half[y * SIDE + x];
    }
  }
  return sum;
}
