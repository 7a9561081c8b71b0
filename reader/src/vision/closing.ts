import type { Picture } from './picture.js';
import { openVisionKernels, type VisionKernels } from './vision-kernels.js';

/** Whether ink is darker or brighter than the paper. */
export type Polarity = 'dark' | 'light';

/**
 * The morphological closing, in our own SIMD code with every build: OpenCV's WASM build has no SIMD for it, and its time
 * grows with the square's side.
 */
export class Closing {
  readonly #kernels: VisionKernels;

  constructor(kernels: VisionKernels) {
    this.#kernels = kernels;
  }

  /** Size of the kernels' memory in bytes. */
  get heapBytes(): number {
    return this.#kernels.heapBytes;
  }

  /**
   * A closing with a square (an opening for light ink). It fills whatever is darker (brighter) than its surroundings
   * and narrower than the square. Pixels outside the picture do not count.
   *
   * @param side of the square in pixels, odd
   */
  run({ width, height, bytes }: Picture, side: number, polarity: Polarity): Picture {
    const work = (width + side + 15) * (height + side);
    const isLight = polarity === 'light' ? 1 : 0;
    const closed = this.#kernels.run(bytes.length, [bytes], work, ({ closing }, to, [from], room) =>
      closing(from, to, room, width, height, side, isLight),
    );
    return { width, height, bytes: closed };
  }
}

/** @param code the bytes of `visionCode` @throws InkError INK_VISION_FAILED if this platform cannot run it */
export async function openClosing(code: Uint8Array): Promise<Closing> {
  return new Closing(await openVisionKernels(code));
}
