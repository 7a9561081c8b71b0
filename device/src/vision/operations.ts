import type { Closing } from './closing.js';
import type { Point } from './geometry.js';

/** An 8-bit, single-channel picture in the memory of OpenCV, owned by the scope that made it. */
export interface Plane {
  readonly width: number;
  readonly height: number;
}

/**
 * What the reader needs of OpenCV, and no more, so that several builds of it can stand behind the same code. Every
 * plane that an operation makes is freed with its scope. Operations throw InkError INK_VISION_FAILED.
 */
export interface VisionScope {
  /** Copies `width * height` bytes, row-major, into a plane. */
  plane(width: number, height: number, bytes: Uint8Array): Plane;
  /** A copy of a plane's bytes, row-major, without padding. */
  bytes(plane: Plane): Uint8Array;
  /** By area averaging where it shrinks, by linear interpolation where it grows. */
  resize(plane: Plane, width: number, height: number): Plane;
  /** Gaussian blur with an odd side in pixels, its sigma derived from the side as OpenCV does. */
  blur(plane: Plane, side: number): Plane;
  /** The quadrilateral `corners` (top left, top right, bottom right, bottom left) stretched to a whole plane. */
  straighten(plane: Plane, corners: readonly [Point, Point, Point, Point], width: number, height: number): Plane;
}

/** `wasm`: the one that ships; `native`: Debian's library, through an addon that is compiled on the device. */
export type VisionBuild = 'wasm' | 'native';

/** One build of OpenCV, and the closing that stands beside each. */
export interface VisionOperations {
  readonly build: VisionBuild;
  readonly closing: Closing;
  /** Runs `work` with a scope of its own and frees everything that the scope made, also when `work` throws. */
  inScope<T>(work: (scope: VisionScope) => T): T;
  /** Planes and other native objects alive now; 0 outside of a scope. */
  readonly liveHandles: number;
  /** Size of the native heap in bytes, the closing's included: it must not grow with the number of frames. */
  readonly heapBytes: number;
}
