import { InkError } from '@inkcast/shared/errors';
import type { Plane } from './operations.js';

/** Makes the scope the owner of a native object, which is freed when the scope ends. */
export type Own<Handle> = <H extends Handle>(handle: H) => H;

/** Frees the objects that a build of OpenCV makes in its own memory, scope by scope, and counts the living ones. */
export class NativeScopes<Handle> {
  readonly #free: (handle: Handle) => void;
  #live = 0;

  constructor(free: (handle: Handle) => void) {
    this.#free = free;
  }

  /** Number of living native objects. */
  get live(): number {
    return this.#live;
  }

  /** Runs `work`, then frees everything that was passed to `own`, even if `work` throws. */
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

  /** @throws InkError INK_VISION_FAILED if the plane belongs to another scope */
  mat(plane: Plane): Mat {
    const mat = this.#mats.get(plane);
    if (mat === undefined) throw new InkError('INK_VISION_FAILED', 'A plane was used outside of its scope.');
    return mat;
  }
}
