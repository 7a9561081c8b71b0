import type { LumaFrame } from '@inkcast/reader/vision';

/**
 * The chains of the tutorials:
 * - `tutorial`: a Gaussian blur of 5x5, an adaptive threshold (51, 10), outer contours, and a crop of each box, fitted
 *   into 20x20 and centred by mass in 28x28, like MNIST;
 * - `otsu`: the smallest chain: Otsu's threshold, outer contours, and each box stretched to 28x28.
 */
export type ChainKind = 'tutorial' | 'otsu';

export interface PeerChain {
  /**
   * @param give takes each crop of `tutorial`: 28x28 bytes, white ink on black
   * @returns the number of crops
   */
  run(frame: LumaFrame, kind: ChainKind, give?: (crop: Uint8Array) => void): number;
}

export const BLUR_SIDE = 5;
export const WINDOW = 51;
export const OFFSET = 10;
export const CROP_SIDE = 28;
const INK_SIDE = 20;

/** Whether a box can contain a digit. The tutorials use this to drop specks and the edge of the page. */
export function mayBeDigit(box: { readonly width: number; readonly height: number }, frame: LumaFrame): boolean {
  return box.height >= 10 && box.width >= 3 && box.height < frame.height * 0.9 && box.width < frame.width * 0.9;
}

/** The size of a box, fitted into 20x20. */
export function fittedSize({ width, height }: { readonly width: number; readonly height: number }): [number, number] {
  const scale = INK_SIDE / Math.max(width, height);
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/** A fitted crop in 28x28, its centre of mass in the middle. */
export function centred(fitted: Uint8Array, width: number, height: number): Uint8Array {
  let mass = 0;
  let sumX = 0;
  let sumY = 0;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      mass += fitted[at];
      sumX += fitted[at] * x;
      sumY += fitted[at] * y;
    }
  }
  const left = offset(mass === 0 ? width / 2 : sumX / mass, width);
  const top = offset(mass === 0 ? height / 2 : sumY / mass, height);
  const crop = new Uint8Array(CROP_SIDE * CROP_SIDE);
  for (let y = 0; y < height; y++) {
    crop.set(fitted.subarray(y * width, (y + 1) * width), (top + y) * CROP_SIDE + left);
  }
  return crop;
}

const offset = (centre: number, size: number): number =>
  Math.max(0, Math.min(CROP_SIDE - size, Math.round(CROP_SIDE / 2 - centre)));
