import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import {
  type Closing,
  NativeScopes,
  type Own,
  openClosing,
  type Plane,
  type Point,
  ScopePlanes,
  type VisionOperations,
  type VisionScope,
} from '@inkcast/reader/vision';
import { InkError } from '@inkcast/shared/errors';
import type { NativeAddon, NativeMat, NativePoint } from './native-addon.js';
import { readVisionCode } from './read-vision-code.js';

/** Where `npm run setup:native` compiles the addon: a folder of its own, which npm ci does not delete. */
const ADDON = fileURLToPath(
  new URL('../../../native/node_modules/@u4/opencv4nodejs/build/Release/opencv4nodejs.node', import.meta.url),
);

/** Whether the native build of OpenCV is installed. */
export function isOpenCvNativeInstalled(): boolean {
  return existsSync(ADDON);
}

/**
 * Loads Debian's OpenCV through the addon. The package's own entry point is bypassed, because it tries to build OpenCV.
 *
 * @throws InkError INK_VISION_FAILED if it is not installed, or was compiled for another version of Node or OpenCV
 */
export async function openOpenCvNative(): Promise<VisionOperations> {
  return new OpenCvNative(loadAddon(), await openClosing(await readVisionCode()));
}

/** The addon itself, for the benchmark that compares other functions of OpenCV. */
export function loadAddon(): NativeAddon {
  try {
    return createRequire(import.meta.url)(ADDON);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new InkError('INK_VISION_FAILED', `The native build of OpenCV cannot be loaded: ${reason}.`, {
      cause,
      remedy: 'Run npm run setup:native, or set vision.build to wasm.',
    });
  }
}

class OpenCvNative implements VisionOperations {
  readonly build = 'native';
  readonly closing: Closing;
  readonly #cv: NativeAddon;
  readonly #scopes = new NativeScopes<NativeMat>((mat) => mat.release());

  constructor(cv: NativeAddon, closing: Closing) {
    this.#cv = cv;
    this.closing = closing;
  }

  get liveHandles(): number {
    return this.#scopes.live;
  }

  /** The addon's own count of the memory of its matrices, plus the closing's memory. */
  get heapBytes(): number {
    return this.#cv.getMemMetrics().TotalAlloc + this.closing.heapBytes;
  }

  inScope<T>(work: (scope: VisionScope) => T): T {
    return this.#scopes.run((own) => work(new NativeScope(this.#cv, own)));
  }
}

class NativeScope implements VisionScope {
  readonly #cv: NativeAddon;
  readonly #own: Own<NativeMat>;
  readonly #planes = new ScopePlanes<NativeMat>();

  constructor(cv: NativeAddon, own: Own<NativeMat>) {
    this.#cv = cv;
    this.#own = own;
  }

  plane(width: number, height: number, bytes: Uint8Array): Plane {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return this.#make(() => new this.#cv.Mat(buffer, height, width, this.#cv.CV_8UC1));
  }

  bytes(plane: Plane): Uint8Array {
    const { buffer, byteOffset, byteLength } = this.#planes.mat(plane).getData();
    return new Uint8Array(buffer, byteOffset, byteLength);
  }

  resize(plane: Plane, width: number, height: number): Plane {
    const cv = this.#cv;
    const shrinks = width <= plane.width && height <= plane.height;
    const how = shrinks ? cv.INTER_AREA : cv.INTER_LINEAR;
    return this.#make(() => this.#planes.mat(plane).resize(height, width, 0, 0, how));
  }

  blur(plane: Plane, side: number): Plane {
    const cv = this.#cv;
    // The addon's default border differs from OpenCV's.
    return this.#make(() => this.#planes.mat(plane).gaussianBlur(new cv.Size(side, side), 0, 0, cv.BORDER_DEFAULT));
  }

  straighten(plane: Plane, corners: readonly [Point, Point, Point, Point], width: number, height: number): Plane {
    const cv = this.#cv;
    const from = this.#points(corners);
    const to = this.#points([
      { x: 0, y: 0 },
      { x: width, y: 0 },
      { x: width, y: height },
      { x: 0, y: height },
    ]);
    const transform = this.#own(call(() => cv.getPerspectiveTransform(from, to)));
    const size = new cv.Size(width, height);
    return this.#make(() =>
      this.#planes.mat(plane).warpPerspective(transform, size, cv.INTER_LINEAR, cv.BORDER_REPLICATE),
    );
  }

  #points(points: readonly Point[]): NativePoint[] {
    return points.map(({ x, y }) => new this.#cv.Point2(x, y));
  }

  #make(work: () => NativeMat): Plane {
    return this.#planes.add(this.#own(call(work)));
  }
}

/** The addon turns OpenCV's exceptions into plain errors. */
function call<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof InkError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InkError('INK_VISION_FAILED', `OpenCV refused an operation: ${reason}.`, { cause });
  }
}
