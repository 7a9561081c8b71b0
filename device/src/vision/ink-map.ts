import { type Level, PAPER_REDUCTION } from './level.js';
import type { VisionScope } from './operations.js';
import type { PixelKernels } from './pixel-kernels.js';

/** Whether ink is darker or brighter than what it is written on. */
export type Polarity = 'dark' | 'light';

/** How much each pixel stands out from the paper around it, at one scale. */
export interface InkMap {
  readonly polarity: Polarity;
  /** Frame pixels a pixel of this map: a power of two. */
  readonly scale: number;
  readonly width: number;
  readonly height: number;
  /** Luma, slightly blurred. */
  readonly gray: Uint8Array;
  /** Luma less the paper's luma, its sign turned so that ink is positive; 0 where there is none. */
  readonly contrast: Uint8Array;
  /** Contrast below which there is nothing but noise. */
  readonly floor: number;
  /** The runs of pixels above the floor: row, first column and the column after the last one, of each. */
  readonly runs: Int32Array;
  /** Widest stroke, in pixels of this map, that stands out whole: in a wider one the middle passes for paper. */
  readonly widestStroke: number;
}

/** Side of the square, in pixels of the reduced picture, over which paper must show somewhere. */
const PAPER_SQUARE = 15;
/** About so many pixels, evenly spread, tell the noise. */
const NOISE_SAMPLES = 16_000;
/** No ink is fainter than this, in levels of luma, whatever the noise. */
const FAINTEST_INK = 7;

/**
 * Measures ink against paper. The paper under ink is guessed by a morphological closing (an opening for light ink) of
 * the reduced picture, which bridges whatever is narrower than its square: gradients, shadows and page edges stay with
 * the paper, strokes do not.
 */
export function mapInk(scope: VisionScope, kernels: PixelKernels, level: Level, polarity: Polarity): InkMap {
  const { scale, gray, reduced } = level;
  const bridged = kernels.bridge(reduced, PAPER_SQUARE, polarity);
  const paper = scope.bytes(scope.blur(scope.plane(bridged.width, bridged.height, bridged.bytes), 5));
  const contrast = kernels.standOut(gray, { ...bridged, bytes: paper }, polarity);
  const floor = noiseFloor(contrast.bytes);
  return {
    polarity,
    scale,
    width: gray.width,
    height: gray.height,
    gray: gray.bytes,
    contrast: contrast.bytes,
    floor,
    runs: kernels.findRuns(contrast, floor),
    widestStroke: (PAPER_SQUARE * PAPER_REDUCTION) / 2,
  };
}

/** Most of a frame is paper: what lies far above the lower half's spread is ink. */
function noiseFloor(contrast: Uint8Array): number {
  // Odd, so that no pattern of even columns hides it.
  const step = Math.floor(contrast.length / NOISE_SAMPLES) | 1;
  const counts = new Uint32Array(256);
  for (let at = 0; at < contrast.length; at += step) counts[contrast[at]]++;
  const quantile = (share: number): number => {
    let left = (share * contrast.length) / step;
    let value = 0;
    while (value < 255 && left >= counts[value]) left -= counts[value++];
    return value;
  };
  const median = quantile(0.5);
  const spread = Math.max(1, median - quantile(0.1));
  return Math.min(120, Math.max(FAINTEST_INK, median + 3 * spread));
}
