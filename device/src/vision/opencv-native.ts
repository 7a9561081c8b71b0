import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { InkError } from '@inkcast/shared/errors';
import type { Point } from './geometry.js';
import type { NativeAddon, NativeMat, NativePoint } from './native-addon.js';
import { NativeScopes, type Own, ScopePlanes } from './native-scopes.js';
import type { Component, Components, Plane, VisionOperations, VisionScope } from './operations.js';

/** Where `npm run setup:native` compiles the addon: in a folder of its own, which npm ci leaves alone. */
const ADDON = fileURLToPath(
  new URL('../../../native/node_modules/@u4/opencv4nodejs/build/Release/opencv4nodejs.node', import.meta.url),
);
/** Columns of the table that `connectedComponentsWithStats` makes, one row a component. */
const STATS_COLUMNS = 5;

/** Whether the native build of OpenCV is installed. */
export function isOpenCvNativeInstalled(): boolean {
  return existsSync(ADDON);
}

/**
 * Loads Debian's OpenCV through the addon. The package's own entry is passed by: it looks for a build of OpenCV to make.
 *
 * @throws InkError INK_VISION_FAILED where it is not installed, or was compiled for another Node or OpenCV
 */
export function openOpenCvNative(): VisionOperations {
  return new OpenCvNative(loadAddon());
}

/** The addon itself: for the benchmark, which compares with what else OpenCV can do. */
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
  readonly #cv: NativeAddon;
  readonly #scopes = new NativeScopes<NativeMat>((mat) => mat.release());

  constructor(cv: NativeAddon) {
    this.#cv = cv;
  }

  get liveHandles(): number {
    return this.#scopes.live;
  }

  /** The addon's own count of what its matrices hold. */
  get heapBytes(): number {
    const { TotalAlloc } = this.#cv.getMemMetrics();
    return TotalAlloc;
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
    // The addon's default border is another one than OpenCV's.
    return this.#make(() => this.#planes.mat(plane).gaussianBlur(new cv.Size(side, side), 0, 0, cv.BORDER_DEFAULT));
  }

  close(plane: Plane, side: number): Plane {
    return this.#morph(plane, side, this.#cv.MORPH_CLOSE);
  }

  open(plane: Plane, side: number): Plane {
    return this.#morph(plane, side, this.#cv.MORPH_OPEN);
  }

  subtract(a: Plane, b: Plane): Plane {
    return this.#make(() => this.#planes.mat(a).sub(this.#planes.mat(b)));
  }

  threshold(plane: Plane, level: number): Plane {
    return this.#make(() => this.#planes.mat(plane).threshold(level, 255, this.#cv.THRESH_BINARY));
  }

  adaptiveThreshold(plane: Plane, side: number, offset: number, ink: 'dark' | 'light'): Plane {
    const cv = this.#cv;
    const kind = ink === 'dark' ? cv.THRESH_BINARY_INV : cv.THRESH_BINARY;
    // OpenCV compares with the mean less its offset, whichever the kind.
    const signed = ink === 'dark' ? offset : -offset;
    return this.#make(() =>
      this.#planes.mat(plane).adaptiveThreshold(255, cv.ADAPTIVE_THRESH_MEAN_C, kind, side, signed),
    );
  }

  components(mask: Plane): Components {
    const found = call(() => this.#planes.mat(mask).connectedComponentsWithStats(8, this.#cv.CV_32S));
    this.#own(found.centroids);
    const table = integers(this.#own(found.stats));
    const list: Component[] = [];
    // The first row is the background.
    for (let at = STATS_COLUMNS; at < table.length; at += STATS_COLUMNS) {
      const [x, y, width, height, area] = table.subarray(at, at + STATS_COLUMNS);
      list.push({ x, y, width, height, area });
    }
    return { labels: integers(this.#own(found.labels)), list };
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

  #morph(plane: Plane, side: number, operation: number): Plane {
    const cv = this.#cv;
    const square = this.#own(call(() => cv.getStructuringElement(cv.MORPH_RECT, new cv.Size(side, side))));
    return this.#make(() => this.#planes.mat(plane).morphologyEx(square, operation));
  }

  #points(points: readonly Point[]): NativePoint[] {
    return points.map(({ x, y }) => new this.#cv.Point2(x, y));
  }

  #make(work: () => NativeMat): Plane {
    return this.#planes.add(this.#own(call(work)));
  }
}

/** The addon turns what OpenCV throws into plain errors. */
function call<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof InkError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InkError('INK_VISION_FAILED', `OpenCV refused an operation: ${reason}.`, { cause });
  }
}

/** The content of a matrix of 32-bit integers. */
function integers(mat: NativeMat): Int32Array {
  const bytes = mat.getData();
  return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / Int32Array.BYTES_PER_ELEMENT);
}
