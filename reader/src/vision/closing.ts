import { InkError } from '@inkcast/shared/errors';
import type { Picture } from './picture.js';

/** Whether ink is darker or brighter than the paper. */
export type Polarity = 'dark' | 'light';

/**
 * Size of a SIMD vector, which the kernel may read and write past the picture's end; below, the size of a memory page.
 */
const VECTOR_BYTES = 16;
const PAGE_BYTES = 65_536;

type Kernel = (picture: number, work: number, width: number, height: number, side: number, isLight: number) => void;

/**
 * The morphological closing, in our own SIMD code: OpenCV's WASM build has no SIMD for it, and its time grows with the
 * square's side. This class owns one memory, which is as large as the largest picture has needed.
 */
export class Closing {
  readonly #memory: WebAssembly.Memory;
  readonly #kernel: Kernel;

  /** Use `openClosing`. */
  constructor(memory: WebAssembly.Memory, kernel: Kernel) {
    this.#memory = memory;
    this.#kernel = kernel;
  }

  /** Size of the memory in bytes. */
  get heapBytes(): number {
    return this.#memory.buffer.byteLength;
  }

  /**
   * A closing with a square (an opening for light ink). It fills whatever is darker (brighter) than its surroundings
   * and narrower than the square. Pixels outside the picture do not count.
   *
   * @param side of the square in pixels, odd
   */
  run({ width, height, bytes }: Picture, side: number, polarity: Polarity): Picture {
    const work = VECTOR_BYTES * Math.ceil(bytes.length / VECTOR_BYTES + 1);
    const end = work + (width + side + VECTOR_BYTES) * (height + side) + 2 * VECTOR_BYTES;
    const missing = end - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE_BYTES));
    const picture = new Uint8Array(this.#memory.buffer, 0, bytes.length);
    picture.set(bytes);
    this.#kernel(0, work, width, height, side, polarity === 'light' ? 1 : 0);
    return { width, height, bytes: picture.slice() };
  }
}

/** Where the closing's code is in this package. It is passed as bytes, because Node.js and browsers load it differently. */
export const closingCode = (): URL => new URL('../../wasm/closing.wasm', import.meta.url);

/** @param code the bytes of `closingCode` @throws InkError INK_VISION_FAILED if this platform cannot run it */
export async function openClosing(code: Uint8Array): Promise<Closing> {
  try {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const { exports } = new WebAssembly.Instance(await WebAssembly.compile(code), { env: { memory } });
    if (!isKernel(exports.closing)) throw new Error('"closing" is missing');
    return new Closing(memory, exports.closing);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InkError('INK_VISION_FAILED', `The kernel of vision cannot be loaded: ${reason}.`, { cause });
  }
}

const isKernel = (value: unknown): value is Kernel => typeof value === 'function';
