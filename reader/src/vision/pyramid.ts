import type { Plane, VisionScope } from './operations.js';
import type { LumaFrame, Picture } from './picture.js';

/** The octaves of a frame. Each is made on first use. A pyramid lives within a vision scope. */
export class Pyramid {
  readonly #scope: VisionScope;
  readonly #planes: Plane[];
  readonly #pictures: Picture[];

  constructor(scope: VisionScope, { width, height, gray }: LumaFrame) {
    this.#scope = scope;
    this.#planes = [scope.plane(width, height, gray)];
    this.#pictures = [{ width, height, bytes: gray }];
  }

  /** The frame reduced by `scale`, a power of two. */
  level(scale: number): Picture {
    const octave = Math.log2(scale);
    while (this.#planes.length <= octave) {
      const above = this.#planes[this.#planes.length - 1];
      const [width, height] = [Math.ceil(above.width / 2), Math.ceil(above.height / 2)];
      const plane = this.#scope.resize(above, width, height);
      this.#planes.push(plane);
      this.#pictures.push({ width, height, bytes: this.#scope.bytes(plane) });
    }
    return this.#pictures[octave];
  }
}
