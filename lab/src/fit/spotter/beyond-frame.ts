import { SPOT_STRIDE } from '@inkcast/shared/spots';
import type { Random } from '@inkcast/training/random';
import { chance } from '../../synthesis/index.js';
import type { StoredFrame } from '../frames/frame-file.js';
import { CUT_SIDE } from './cut-size.js';
import { cutSquare } from './cut-square.js';
import { HEAT_WEIGHT, type SpotTargets, TARGET_VALUES } from './encode-targets.js';

/** The place of the frame in a cut, in pixels of the cut. Parts of it may be outside. */
export interface FrameEdges {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Width in pixels of the repeated edge around a tile of a mosaic. */
const MARGIN = 4;
/** Shares of cuts with another picture beyond the margin, or with a constant level. In all others, the edge is repeated. */
const ANOTHER_PICTURE = 0.4;
const EVEN_LEVEL = 0.25;

/** Fills the area beyond the frame. @returns whether it shows another frame */
export function fillBeyond(luma: Float32Array, edges: FrameEdges, other: StoredFrame, random: Random): boolean {
  const { left, top, right, bottom } = edges;
  if (left <= 0 && top <= 0 && right >= CUT_SIDE && bottom >= CUT_SIDE) return false;
  const isForeign = chance(random, ANOTHER_PICTURE);
  if (!isForeign && !chance(random, EVEN_LEVEL / (1 - ANOTHER_PICTURE))) return false;
  const filling = isForeign ? pictureOf(other, random) : new Float32Array(luma.length).fill(random.next());
  const margin = isForeign ? MARGIN : 0;
  for (let y = 0; y < CUT_SIDE; y++) {
    for (let x = 0; x < CUT_SIDE; x++) {
      const isWithin = x >= left - margin && y >= top - margin && x < right + margin && y < bottom + margin;
      if (!isWithin) luma[y * CUT_SIDE + x] = filling[y * CUT_SIDE + x];
    }
  }
  return isForeign;
}

function pictureOf(frame: StoredFrame, random: Random): Float32Array {
  const side = Math.max(frame.width, frame.height) * random.uniform(0.3, 1);
  const place = { left: random.uniform(0, frame.width - side), top: random.uniform(0, frame.height - side), side };
  return cutSquare(frame, place, CUT_SIDE);
}

/** Sets the weight of all cells beyond the frame to zero. */
export function ignoreBeyond(targets: SpotTargets, { left, top, right, bottom }: FrameEdges): void {
  const cells = CUT_SIDE / SPOT_STRIDE;
  for (let row = 0; row < cells; row++) {
    for (let column = 0; column < cells; column++) {
      const [x, y] = [(column + 0.5) * SPOT_STRIDE, (row + 0.5) * SPOT_STRIDE];
      const isWithin = x >= left && y >= top && x < right && y < bottom;
      if (!isWithin) targets[(row * cells + column) * TARGET_VALUES + HEAT_WEIGHT] = 0;
    }
  }
}
