import { InkError } from '@inkcast/shared/errors';
import type { Plane } from './operations.js';

/** Takes charge of a native object until its scope ends. */
export type Own<Handle> = <H extends Handle>(handle: H) => H;

/** Frees what a build of OpenCV makes in its own memory, scope by scope, and counts what lives. */
export class NativeScopes<Handle> {
  readonly #free: (handle: Handle) => void;
  #live = 0;

  constructor(free: (handle: Handle) => void) {
    this.#free = free;
  }

  /** Native objects alive now. */
  get live(): number {
    return this.#live;
  }

  /** Runs `work`, then frees all that it gave to `own`, also when it throws. */
  run<T>(work: (own: Own<Handle>) => T): T {
    const owned: Handle[] = [];
    try {
      return work((handle) => {
        owned.push(handle);
        this.#live++;
        return handle;
      });
    } finally {
      for (const handle of owned) {
        this.#free(handle);
        this.#live--;
      }
    }
  }
}

/** The native matrices behind the planes of one scope. */
export class ScopePlanes<Mat extends { readonly cols: number; readonly rows: number }> {
  readonly #mats = new Map<Plane, Mat>();

  add(mat: Mat): Plane {
    const plane = { width: mat.cols, height: mat.rows };
    this.#mats.set(plane, mat);
    return plane;
  }

  /** @throws InkError INK_VISION_FAILED where the plane is another scope's */
  mat(plane: Plane): Mat {
    const mat = this.#mats.get(plane);
    if (mat === undefined) throw new InkError('INK_VISION_FAILED', 'A plane was used outside of its scope.');
    return mat;
  }
}
