import { READER_NUMBERS } from '../numbers/index.js';
import type { Polarity } from './closing.js';
import { cropInk } from './crop-ink.js';
import type { Box } from './geometry.js';
import { type InkMap, mapInk } from './ink-map.js';
import { inkWithin } from './ink-within.js';
import type { VisionOperations } from './operations.js';
import type { Picture } from './picture.js';
import type { Pyramid } from './pyramid.js';
import { lookAround, type Surroundings } from './surroundings.js';

/** Ink that may be a digit. */
export interface InkCandidate {
  /** In pixels of the frame. */
  readonly box: Box;
  readonly polarity: Polarity;
  /** Frame pixels per pixel of the octave on which it was examined. */
  readonly scale: number;
  /** Contrast between ink and paper, in levels of luma. */
  readonly contrast: number;
  /** Mean stroke width in pixels of the frame. */
  readonly strokeWidth: number;
  /** Ink area in pixels of the frame. */
  readonly inkArea: number;
  /** Ink area weighted by contrast: the sum of the pixels' levels of luma. */
  readonly inkMass: number;
  /** 28x28 bytes, white ink on black, normalised like MNIST. */
  readonly crop: Uint8Array;
  readonly surroundings: Surroundings;
  /** Whether the ink touches the frame's edge. */
  readonly atEdge: boolean;
}

/** Scale of the octave on which the ink of a box is examined. */
export const cropScale = ({ width, height }: Box): number =>
  2 ** Math.max(0, Math.ceil(Math.log2(Math.max(width, height) / READER_NUMBERS.maxCropSide.value)));

/**
 * Finds the ink inside a box of a frame: thresholds it, crops it, and scales it to the classifier's size.
 *
 * @param box in pixels of the frame
 * @param scale of the octave to examine, a power of two
 * @param onInk receives the ink map
 * @returns undefined if there is no ink
 */
export function candidateWithin(
  operations: VisionOperations,
  pyramid: Pyramid,
  box: Box,
  scale: number,
  onInk: (map: InkMap) => void = () => {},
): InkCandidate | undefined {
  const level = pyramid.level(scale);
  const own = pixelsOf(
    { x: box.x / scale, y: box.y / scale, width: box.width / scale, height: box.height / scale },
    level,
  );
  if (own === undefined) return undefined;
  const map = mapInk(operations, level, scale, own);
  onInk(map);
  const blob = inkWithin(map, { ...own, x: own.x - map.x, y: own.y - map.y });
  if (blob === undefined) return undefined;
  const [x, y] = [map.x + blob.box.x, map.y + blob.box.y];
  const { width, height } = blob.box;
  return {
    box: { x: x * scale, y: y * scale, width: width * scale, height: height * scale },
    polarity: map.polarity,
    scale,
    contrast: blob.contrast,
    strokeWidth: blob.strokeWidth * scale,
    inkArea: blob.area * scale * scale,
    inkMass: blob.mass * scale * scale,
    crop: cropInk(map, blob),
    surroundings: lookAround(map, blob),
    atEdge: x <= 1 || y <= 1 || x + width >= level.width - 1 || y + height >= level.height - 1,
  };
}

/** The whole pixels of a picture that a box covers; undefined if there are too few. */
function pixelsOf({ x, y, width, height }: Box, within: Picture): Box | undefined {
  const [left, top] = [Math.max(0, Math.floor(x)), Math.max(0, Math.floor(y))];
  const right = Math.min(within.width, Math.ceil(x + width));
  const bottom = Math.min(within.height, Math.ceil(y + height));
  const box = { x: left, y: top, width: right - left, height: bottom - top };
  return Math.min(box.width, box.height) < READER_NUMBERS.candidateMinSide.value ? undefined : box;
}
