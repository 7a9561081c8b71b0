import { createRequire } from 'node:module';
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
import { readVisionCode } from './read-vision-code.js';

type OpenCv = typeof import('@techstark/opencv-js');
type Mat = InstanceType<OpenCv['Mat']>;

/** An object that must be deleted explicitly, because the WASM heap has no garbage collection. */
interface Deletable {
  delete(): void;
}

/**
 * Loads the WASM build of OpenCV.
 *
 * @throws InkError INK_VISION_FAILED if it cannot be loaded
 */
export async function openOpenCvWasm(): Promise<VisionOperations> {
  try {
    // Version 5 of the package exports a promise of the module that its types describe.
    const cv: OpenCv = await createRequire(import.meta.url)('@techstark/opencv-js');
    return new OpenCvWasm(cv, await openClosing(await readVisionCode()));
  } catch (cause) {
    throw new InkError('INK_VISION_FAILED', 'The WASM build of OpenCV cannot be loaded.', {
      cause,
      remedy: 'Run npm ci.',
    });
  }
}

class OpenCvWasm implements VisionOperations {
  readonly build = 'wasm';
  readonly closing: Closing;
  readonly #cv: OpenCv;
  readonly #scopes = new NativeScopes<Deletable>((handle) => handle.delete());

  constructor(cv: OpenCv, closing: Closing) {
    this.#cv = cv;
    this.closing = closing;
  }

  get liveHandles(): number {
    return this.#scopes.live;
  }

  get heapBytes(): number {
    const probe = new this.#cv.Mat(1, 1, this.#cv.CV_8UC1);
    const bytes = probe.data.buffer.byteLength;
    probe.delete();
    return bytes + this.closing.heapBytes;
  }

  inScope<T>(work: (scope: VisionScope) => T): T {
    try {
      return this.#scopes.run((own) => work(new WasmScope(this.#cv, own)));
    } catch (error) {
      throw this.#explain(error);
    }
  }

  /** OpenCV throws C++ exceptions, which arrive as numbers: the addresses of their texts. */
  #explain(error: unknown): unknown {
    if (typeof error !== 'number') return error;
    return new InkError('INK_VISION_FAILED', `OpenCV refused an operation: ${this.#cv.exceptionFromPtr(error).msg}.`);
  }
}

class WasmScope implements VisionScope {
  readonly #cv: OpenCv;
  readonly #own: Own<Deletable>;
  readonly #planes = new ScopePlanes<Mat>();

  constructor(cv: OpenCv, own: Own<Deletable>) {
    this.#cv = cv;
    this.#own = own;
  }

  plane(width: number, height: number, bytes: Uint8Array): Plane {
    const mat = this.#own(new this.#cv.Mat(height, width, this.#cv.CV_8UC1));
    mat.data.set(bytes);
    return this.#planes.add(mat);
  }

  bytes(plane: Plane): Uint8Array {
    return this.#planes.mat(plane).data.slice();
  }

  resize(plane: Plane, width: number, height: number): Plane {
    const cv = this.#cv;
    const shrinks = width <= plane.width && height <= plane.height;
    const how = shrinks ? cv.INTER_AREA : cv.INTER_LINEAR;
    return this.#make((result) => cv.resize(this.#planes.mat(plane), result, new cv.Size(width, height), 0, 0, how));
  }

  blur(plane: Plane, side: number): Plane {
    const cv = this.#cv;
    return this.#make((result) => cv.GaussianBlur(this.#planes.mat(plane), result, new cv.Size(side, side), 0));
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
    const transform = this.#own(cv.getPerspectiveTransform(from, to));
    return this.#make((result) =>
      cv.warpPerspective(
        this.#planes.mat(plane),
        result,
        transform,
        new cv.Size(width, height),
        cv.INTER_LINEAR,
        cv.BORDER_REPLICATE,
        new cv.Scalar(),
      ),
    );
  }

  #points(points: readonly Point[]): Mat {
    const cv = this.#cv;
    return this.#own(
      cv.matFromArray(
        points.length,
        1,
        cv.CV_32FC2,
        points.flatMap(({ x, y }) => [x, y]),
      ),
    );
  }

  #make(fill: (result: Mat) => void): Plane {
    const result = this.#own(new this.#cv.Mat());
    fill(result);
    return this.#planes.add(result);
  }
}
