import type { Closing } from './closing.js';
import type { Point } from './geometry.js';

/** An 8-bit, single-channel picture in a build's memory, owned by the scope that made it. */
export interface Plane {
  readonly width: number;
  readonly height: number;
}

/**
 * The operations of OpenCV that the reader needs, and no others, so that the same code runs with several builds. Every
 * plane is freed with its scope. Operations throw InkError INK_VISION_FAILED.
 */
export interface VisionScope {
  /** Copies `width * height` bytes, row-major, into a plane. */
  plane(width: number, height: number, bytes: Uint8Array): Plane;
  /** A copy of a plane's bytes, row-major, without padding. */
  bytes(plane: Plane): Uint8Array;
  /** Resizes by area averaging if the plane shrinks, and by linear interpolation if it grows. */
  resize(plane: Plane, width: number, height: number): Plane;
  /** A Gaussian blur with an odd side in pixels. Its sigma follows from the side as in OpenCV. */
  blur(plane: Plane, side: number): Plane;
  /** Maps the quadrilateral `corners` (top left, top right, bottom right, bottom left) to a whole plane. */
  straighten(plane: Plane, corners: readonly [Point, Point, Point, Point], width: number, height: number): Plane;
}

/**
 * OpenCV in two builds: `wasm` ships; `native` is Debian's library, through an addon that is compiled on the device.
 * `kernels` are operations of our own that give the bytes of `wasm`.
 */
export type VisionBuild = 'wasm' | 'native' | 'kernels';

/** One build of the operations, with the closing, which is the same for each. */
export interface VisionOperations {
  readonly build: VisionBuild;
  readonly closing: Closing;
  /** Runs `work` with a scope of its own and frees everything that the scope made, even if `work` throws. */
  inScope<T>(work: (scope: VisionScope) => T): T;
  /** Number of living planes and other native objects; 0 outside of a scope. */
  readonly liveHandles: number;
  /** Size of the native heap in bytes, including the closing's. It must not grow with the number of frames. */
  readonly heapBytes: number;
}
