import type { Plane, VisionScope } from './operations.js';
import type { Picture, PixelKernels } from './pixel-kernels.js';

/** Levels end where the longer side would be shorter than this. */
export const SHORTEST_LEVEL = 120;
/** The paper is looked for in a picture reduced by this factor: it varies slowly, and the square stays small. */
export const PAPER_REDUCTION = 4;

/** One scale of a frame, with what the search for dark and for light ink share. */
export interface Level {
  /** Frame pixels a pixel of this level: a power of two. */
  readonly scale: number;
  /** Luma, slightly blurred against the sensor's noise. */
  readonly gray: Picture;
  /** The level, reduced to where paper is looked for. */
  readonly reduced: Picture;
}

export function openLevel(scope: VisionScope, kernels: PixelKernels, plane: Plane, scale: number): Level {
  const { width, height } = plane;
  const reduced = scope.resize(plane, reducedSide(width), reducedSide(height));
  return {
    scale,
    gray: kernels.smooth({ width, height, bytes: scope.bytes(plane) }),
    reduced: { width: reduced.width, height: reduced.height, bytes: scope.bytes(reduced) },
  };
}

function reducedSide(side: number): number {
  return Math.max(1, Math.round(side / PAPER_REDUCTION));
}
