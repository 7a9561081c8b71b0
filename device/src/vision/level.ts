import type { Plane, VisionScope } from './operations.js';

/** Levels end where the longer side would be shorter than this. */
export const SHORTEST_LEVEL = 120;
/** The paper is looked for in a picture reduced by this factor: it varies slowly, and the square stays small. */
export const PAPER_REDUCTION = 4;

/** One scale of a frame, with what the search for dark and for light ink share. */
export interface Level {
  /** Frame pixels a pixel of this level: a power of two. */
  readonly scale: number;
  readonly width: number;
  readonly height: number;
  /** Luma, slightly blurred against the sensor's noise. */
  readonly gray: Plane;
  readonly grayBytes: Uint8Array;
  /** The level, reduced to where paper is looked for. */
  readonly reduced: Plane;
}

export function openLevel(scope: VisionScope, plane: Plane, scale: number): Level {
  const { width, height } = plane;
  const gray = scope.blur(plane, 3);
  const reduced = scope.resize(plane, reducedSide(width), reducedSide(height));
  return { scale, width, height, gray, grayBytes: scope.bytes(gray), reduced };
}

function reducedSide(side: number): number {
  return Math.max(1, Math.round(side / PAPER_REDUCTION));
}
