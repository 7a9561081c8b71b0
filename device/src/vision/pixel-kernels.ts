import { readFile } from 'node:fs/promises';
import { InkError } from '@inkcast/shared/errors';
import type { Polarity } from './ink-map.js';
import { interpolation } from './interpolation.js';

/** An 8-bit picture of one channel, row-major. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}

/** Bytes that a kernel may read and write behind a picture, and the alignment of what follows it. */
const VECTOR = 16;
const PAGE = 65_536;
const RUN_BYTES = 3 * Int32Array.BYTES_PER_ELEMENT;

type Kernel = (...args: readonly number[]) => number;

type Kernels = Readonly<Record<'smooth' | 'bridge' | 'standOut' | 'findRuns', Kernel>>;

/**
 * What is done to every pixel of a frame, in SIMD code of our own: OpenCV's WASM build has none, and most of a frame's time
 * went there. It owns one memory, which is as large as the largest picture has needed.
 */
export class PixelKernels {
  readonly #memory: WebAssembly.Memory;
  readonly #kernels: Kernels;

  /** Use `openPixelKernels`. */
  constructor(memory: WebAssembly.Memory, kernels: Kernels) {
    this.#memory = memory;
    this.#kernels = kernels;
  }

  /** Size of the memory in bytes. */
  get heapBytes(): number {
    return this.#memory.buffer.byteLength;
  }

  /** Gaussian blur of 3x3, the picture mirrored at its borders. */
  smooth({ width, height, bytes }: Picture): Picture {
    const size = width * height;
    const [source, target, line] = this.#reserve(size, size, 2 * (width + 2 * VECTOR));
    this.#put(source, bytes);
    this.#kernels.smooth(source, target, line, width, height);
    return { width, height, bytes: this.#take(target, size) };
  }

  /**
   * The paper behind a picture: a morphological closing (an opening for light ink) with a square bridges what is darker
   * (brighter) than its surroundings and narrower than the square.
   *
   * @param side of the square, odd
   */
  bridge({ width, height, bytes }: Picture, side: number, polarity: Polarity): Picture {
    const size = width * height;
    const room = (width + side + VECTOR) * (height + side) + 2 * VECTOR;
    const [source, target, work] = this.#reserve(size, size, room);
    this.#put(source, bytes);
    this.#kernels.bridge(source, target, work, width, height, side, polarity === 'light' ? 1 : 0);
    return { width, height, bytes: this.#take(target, size) };
  }

  /**
   * The luma of the paper less that of each pixel, or for light ink the other way round; 0 where that is negative.
   *
   * @param paper no larger than the picture; enlarged by linear interpolation
   */
  standOut({ width, height, bytes }: Picture, paper: Picture, polarity: Polarity): Picture {
    const size = width * height;
    const columns = interpolation(paper.width, width);
    const rows = interpolation(paper.height, height);
    const [gray, target, small, columnsAt, rowsAt, lines] = this.#reserve(
      size,
      size,
      paper.width * paper.height,
      columns.byteLength,
      rows.byteLength,
      4 * (width + VECTOR),
    );
    this.#put(gray, bytes);
    this.#put(small, paper.bytes);
    this.#put(columnsAt, new Uint8Array(columns.buffer));
    this.#put(rowsAt, new Uint8Array(rows.buffer));
    const isLight = polarity === 'light' ? 1 : 0;
    this.#kernels.standOut(gray, target, width, height, small, paper.width, columnsAt, rowsAt, lines, isLight);
    return { width, height, bytes: this.#take(target, size) };
  }

  /**
   * The runs of pixels above `floor`, from top to bottom, then from left to right.
   *
   * @returns row, first column and the column after the last one, of each run
   */
  findRuns({ width, height, bytes }: Picture, floor: number): Int32Array {
    const [source, target] = this.#reserve(width * height, RUN_BYTES * Math.ceil(width / 2) * height);
    this.#put(source, bytes);
    const count = this.#kernels.findRuns(source, target, width, height, floor);
    return new Int32Array(this.#memory.buffer, target, (count * RUN_BYTES) / Int32Array.BYTES_PER_ELEMENT).slice();
  }

  /** Addresses of so many blocks, with room behind each. */
  #reserve(...sizes: readonly number[]): number[] {
    let end = VECTOR;
    const addresses = sizes.map((size) => {
      const address = end;
      end += Math.ceil((size + VECTOR) / VECTOR) * VECTOR;
      return address;
    });
    const missing = end - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE));
    return addresses;
  }

  #put(address: number, bytes: Uint8Array): void {
    new Uint8Array(this.#memory.buffer, address, bytes.length).set(bytes);
  }

  #take(address: number, length: number): Uint8Array {
    return new Uint8Array(this.#memory.buffer, address, length).slice();
  }
}

/** @throws InkError INK_VISION_FAILED where this Node.js cannot run them */
export async function openPixelKernels(): Promise<PixelKernels> {
  try {
    const bytes = await readFile(new URL('../../wasm/pixel-kernels.wasm', import.meta.url));
    const memory = new WebAssembly.Memory({ initial: 1 });
    const { exports } = new WebAssembly.Instance(await WebAssembly.compile(bytes), { env: { memory } });
    const kernel = (name: string): Kernel => {
      const found = exports[name];
      if (isKernel(found)) return found;
      throw new Error(`"${name}" is missing`);
    };
    return new PixelKernels(memory, {
      smooth: kernel('smooth'),
      bridge: kernel('bridge'),
      standOut: kernel('standOut'),
      findRuns: kernel('findRuns'),
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InkError('INK_VISION_FAILED', `The kernels of vision cannot be loaded: ${reason}.`, { cause });
  }
}

const isKernel = (value: unknown): value is Kernel => typeof value === 'function';
