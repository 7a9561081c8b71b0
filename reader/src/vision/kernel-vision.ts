import { InkError } from '@inkcast/shared/errors';
import { areaShares, packShares } from './area-weights.js';
import { Closing } from './closing.js';
import { gaussianWeights } from './gaussian-weights.js';
import type { Point } from './geometry.js';
import { linearWeights } from './linear-weights.js';
import { NativeScopes, type Own, ScopePlanes } from './native-scopes.js';
import type { Plane, VisionOperations, VisionScope } from './operations.js';
import { padded } from './padded.js';
import { perspectiveTransform } from './perspective-transform.js';
import { openVisionKernels, type VisionKernels } from './vision-kernels.js';

/** A plane's bytes, which the garbage collector frees: the kernels' memory holds them during an operation only. */
interface Held {
  readonly cols: number;
  readonly rows: number;
  readonly bytes: Uint8Array;
}

/**
 * Loads vision's operations as kernels of our own, with the bytes of OpenCV's WASM build.
 *
 * @param code the bytes of `visionCode` @throws InkError INK_VISION_FAILED if this platform cannot run them
 */
export async function openKernelVision(code: Uint8Array): Promise<VisionOperations> {
  return new KernelVision(await openVisionKernels(code));
}

class KernelVision implements VisionOperations {
  readonly build = 'kernels';
  readonly closing: Closing;
  readonly #kernels: VisionKernels;
  readonly #scopes = new NativeScopes<Held>(() => {});

  constructor(kernels: VisionKernels) {
    this.#kernels = kernels;
    this.closing = new Closing(kernels);
  }

  get liveHandles(): number {
    return this.#scopes.live;
  }

  get heapBytes(): number {
    return this.#kernels.heapBytes;
  }

  inScope<T>(work: (scope: VisionScope) => T): T {
    return this.#scopes.run((own) => work(new KernelScope(this.#kernels, own)));
  }
}

class KernelScope implements VisionScope {
  readonly #kernels: VisionKernels;
  readonly #own: Own<Held>;
  readonly #planes = new ScopePlanes<Held>();

  constructor(kernels: VisionKernels, own: Own<Held>) {
    this.#kernels = kernels;
    this.#own = own;
  }

  plane(width: number, height: number, bytes: Uint8Array): Plane {
    return this.#add(width, height, bytes.slice());
  }

  bytes(plane: Plane): Uint8Array {
    return this.#planes.mat(plane).bytes.slice();
  }

  resize(plane: Plane, width: number, height: number): Plane {
    const { cols, rows, bytes } = this.#planes.mat(plane);
    if (width === cols && height === rows) return this.#add(width, height, bytes);
    const resized =
      width <= cols && height <= rows ? this.#shrink(plane, width, height) : this.#grow(plane, width, height);
    return this.#add(width, height, resized);
  }

  blur(plane: Plane, side: number): Plane {
    if (side % 2 !== 1) throw new InkError('INK_VISION_FAILED', `A blur has an odd side, not ${side}.`);
    const { cols, rows, bytes } = this.#planes.mat(plane);
    const source = padded({ width: cols, height: rows, bytes }, side >> 1);
    const work = 2 * (cols + 8) * (rows + side);
    const blurred = this.#kernels.run(
      cols * rows,
      [source, gaussianWeights(side)],
      work,
      ({ blur }, to, [from, weights], space) => blur(from, to, cols, rows, weights, side, space),
    );
    return this.#add(cols, rows, blurred);
  }

  straighten(plane: Plane, corners: readonly [Point, Point, Point, Point], width: number, height: number): Plane {
    const { cols, rows, bytes } = this.#planes.mat(plane);
    const transform = perspectiveTransform(corners, width, height);
    if (transform === undefined) throw new InkError('INK_VISION_FAILED', 'Three corners of a page lie on a line.');
    const straight = this.#kernels.run(width * height, [bytes, transform], 0, ({ warp }, to, [from, map]) =>
      warp(from, cols, rows, to, width, height, map),
    );
    return this.#add(width, height, straight);
  }

  #shrink(plane: Plane, width: number, height: number): Uint8Array {
    const { cols, rows, bytes } = this.#planes.mat(plane);
    const [across, down] = [1 / (width / cols), 1 / (height / rows)];
    if (!Number.isInteger(across) || !Number.isInteger(down)) {
      const shares = [areaShares(cols, width, across), areaShares(rows, height, down)].map(packShares);
      return this.#kernels.run(
        width * height,
        [bytes, ...shares],
        8 * (width + 8),
        ({ shrink }, to, [from, columnsAt, rowsAt], work) =>
          shrink(from, to, cols, width, height, columnsAt, rowsAt, work),
      );
    }
    return this.#kernels.run(width * height, [bytes], 0, ({ halve, average }, to, [from]) => {
      if (across === 2 && down === 2) halve(from, to, width, height);
      else average(from, to, width, height, across, down);
    });
  }

  #grow(plane: Plane, width: number, height: number): Uint8Array {
    const { cols, rows, bytes } = this.#planes.mat(plane);
    const weights = [linearWeights(cols, width, true), linearWeights(rows, height, false)];
    return this.#kernels.run(
      width * height,
      [bytes, ...weights],
      8 * width,
      ({ interpolate }, to, [from, columnsAt, rowsAt], work) =>
        interpolate(from, to, cols, width, height, columnsAt, rowsAt, work),
    );
  }

  #add(cols: number, rows: number, bytes: Uint8Array): Plane {
    return this.#planes.add(this.#own({ cols, rows, bytes }));
  }
}
