import { READER_NUMBERS } from '../numbers/index.js';
import type { Polarity } from './closing.js';
import { type Box, grow } from './geometry.js';
import { histogramWithin } from './histogram.js';
import type { VisionOperations } from './operations.js';
import type { Picture } from './picture.js';

/** How much each pixel around a digit stands out from the paper, at one scale. */
export interface InkMap {
  readonly polarity: Polarity;
  /** Frame pixels a pixel of this map: a power of two. */
  readonly scale: number;
  /** Where its first pixel lies in the frame at this scale. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Luma, slightly blurred against the sensor's noise. */
  readonly gray: Uint8Array;
  /** Luma less the paper's luma, its sign turned so that ink is positive; 0 where there is none. */
  readonly contrast: Uint8Array;
}

/**
 * Measures ink against paper around a box. The paper under ink is guessed by a morphological closing (an opening for light
 * ink), which closes whatever is narrower than its square: gradients, shadows and page edges stay with the paper, strokes
 * do not.
 *
 * @param level the frame at `scale`
 * @param box in pixels of the level
 */
export function mapInk(operations: VisionOperations, level: Picture, scale: number, box: Box): InkMap {
  const longer = Math.max(box.width, box.height);
  const { x, y, width, height } = grow(
    box,
    Math.ceil(READER_NUMBERS.inkMapMargin.value * longer),
    level.width,
    level.height,
  );
  const bytes = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const start = (y + row) * level.width + x;
    bytes.set(level.bytes.subarray(start, start + width), row * width);
  }
  const gray = blurred(operations, { width, height, bytes });
  const polarity = polarityWithin(gray, { ...box, x: box.x - x, y: box.y - y });
  const side = 2 * Math.round((READER_NUMBERS.paperSquare.value * longer) / 2) + 1;
  const luma = gray.bytes;
  const paper = blurred(operations, operations.closing.run(gray, side, polarity)).bytes;
  const [brighter, darker] = polarity === 'dark' ? [paper, luma] : [luma, paper];
  const contrast = new Uint8Array(width * height);
  for (let at = 0; at < contrast.length; at++) contrast[at] = Math.max(0, brighter[at] - darker[at]);
  return { polarity, scale, x, y, width, height, gray: luma, contrast };
}

/** Gaussian blur of 3x3. */
const blurred = (operations: VisionOperations, { width, height, bytes }: Picture): Picture => ({
  width,
  height,
  bytes: operations.inScope((scope) => scope.bytes(scope.blur(scope.plane(width, height, bytes), 3))),
});

/** Most of what lies in and around a box is paper: what in the box is farther from the median of all is ink. */
function polarityWithin(map: Picture, box: Box): Polarity {
  const tail = READER_NUMBERS.polarityTail.value;
  const { width, height, bytes } = map;
  const middle = quantile(histogramWithin(bytes, width, { x: 0, y: 0, width, height }), 0.5 * width * height);
  const counts = histogramWithin(bytes, width, box);
  const area = box.width * box.height;
  const [darkest, brightest] = [quantile(counts, tail * area), quantile(counts, (1 - tail) * area)];
  return middle - darkest >= brightest - middle ? 'dark' : 'light';
}

/** The value below which so many of the counted pixels lie. */
function quantile(counts: Uint32Array, below: number): number {
  let left = below;
  let value = 0;
  while (value < 255 && left >= counts[value]) left -= counts[value++];
  return value;
}
