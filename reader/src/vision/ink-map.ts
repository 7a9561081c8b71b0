import { READER_NUMBERS } from '../numbers/index.js';
import type { Polarity } from './closing.js';
import { type Box, grow } from './geometry.js';
import { histogramWithin } from './histogram.js';
import type { VisionOperations } from './operations.js';
import type { Picture } from './picture.js';

/** The contrast of each pixel around a digit against the paper, at one scale. */
export interface InkMap {
  readonly polarity: Polarity;
  /** Frame pixels per pixel of this map, a power of two. */
  readonly scale: number;
  /** Position of the map's first pixel in the frame at this scale. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Luma, slightly blurred against the sensor's noise. */
  readonly gray: Uint8Array;
  /** Difference between the pixel's luma and the paper's, positive for ink; 0 where there is no ink. */
  readonly contrast: Uint8Array;
}

/**
 * Measures the contrast of ink around a box. The paper under the ink is estimated by a morphological closing (an
 * opening for light ink), which fills whatever is narrower than its square: strokes are filled, while gradients,
 * shadows and page edges stay part of the paper.
 *
 * @param level the frame at `scale`
 * @param box in pixels of `level`
 */
export function mapInk(operations: VisionOperations, level: Picture, scale: number, box: Box): InkMap {
  const longer = Math.max(box.width, box.height);
  const { x, y, width, height } = surroundingsOf(box, level);
  const bytes = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const start = (y + row) * level.width + x;
    bytes.set(level.bytes.subarray(start, start + width), row * width);
  }
  const gray = blurred(operations, { width, height, bytes });
  const polarity = polarityWithin(gray, { x: 0, y: 0, width, height }, { ...box, x: box.x - x, y: box.y - y });
  return {
    ...{ polarity, scale, x, y, width, height },
    gray: gray.bytes,
    contrast: contrastOf(operations, gray, longer, polarity),
  };
}

/**
 * The contrast of each pixel against its paper.
 *
 * @param gray slightly blurred
 * @param longest longer side in pixels of the largest ink that is measured rightly
 */
export function contrastOf(
  operations: VisionOperations,
  gray: Picture,
  longest: number,
  polarity: Polarity,
): Uint8Array {
  const side = 2 * Math.round((READER_NUMBERS.paperSquare.value * longest) / 2) + 1;
  const luma = gray.bytes;
  const paper = blurred(operations, operations.closing.run(gray, side, polarity)).bytes;
  const [brighter, darker] = polarity === 'dark' ? [paper, luma] : [luma, paper];
  const contrast = new Uint8Array(luma.length);
  for (let at = 0; at < contrast.length; at++) {
    if (brighter[at] > darker[at]) contrast[at] = brighter[at] - darker[at];
  }
  return contrast;
}

/** A 3x3 Gaussian blur. */
export const blurred = (operations: VisionOperations, { width, height, bytes }: Picture): Picture => ({
  width,
  height,
  bytes: operations.inScope((scope) => scope.bytes(scope.blur(scope.plane(width, height, bytes), 3))),
});

/** The area in which ink and paper are measured for a box of a picture. */
function surroundingsOf(box: Box, { width, height }: Picture): Box {
  const longer = Math.max(box.width, box.height);
  return grow(box, Math.ceil(READER_NUMBERS.inkMapMargin.value * longer), width, height);
}

/** Whether the ink in a box of a picture is dark or light, as `mapInk` finds it. */
export const polarityOf = (gray: Picture, box: Box): Polarity => polarityWithin(gray, surroundingsOf(box, gray), box);

/**
 * Most of the area in and around a box is paper. So the pixels in the box that differ most from the overall median are
 * ink.
 */
function polarityWithin({ width, bytes }: Picture, around: Box, box: Box): Polarity {
  const tail = READER_NUMBERS.polarityTail.value;
  const middle = quantile(histogramWithin(bytes, width, around), 0.5 * around.width * around.height);
  const counts = histogramWithin(bytes, width, box);
  const area = box.width * box.height;
  const [darkest, brightest] = [quantile(counts, tail * area), quantile(counts, (1 - tail) * area)];
  return middle - darkest >= brightest - middle ? 'dark' : 'light';
}

/** The value below which the given number of counted pixels lie. */
function quantile(counts: Uint32Array, below: number): number {
  let left = below;
  let value = 0;
  while (value < 255 && left >= counts[value]) left -= counts[value++];
  return value;
}
