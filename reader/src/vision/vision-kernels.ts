import { InkError } from '@inkcast/shared/errors';

/** Kernels read and write up to this much past the end of a picture. */
const SLACK_BYTES = 32;
const VECTOR_BYTES = 16;
const PAGE_BYTES = 65_536;

/** The functions of the kernels; their sources (kernels/*.as.ts) state what they take. Addresses and sizes are bytes. */
const NAMES = ['average', 'blur', 'closing', 'halve', 'interpolate', 'shrink', 'warp'] as const;

type Kernel = (...numbers: number[]) => void;
type Kernels = Readonly<Record<(typeof NAMES)[number], Kernel>>;

/** The addresses of the result, of the inputs, and of free room. */
type Work = (kernels: Kernels, to: number, from: readonly number[], work: number) => void;

/** The kernels of vision and their memory, which is as large as the largest operation has needed. */
export class VisionKernels {
  readonly #memory: WebAssembly.Memory;
  readonly #kernels: Kernels;

  /** Use `openVisionKernels`. */
  constructor(memory: WebAssembly.Memory, kernels: Kernels) {
    this.#memory = memory;
    this.#kernels = kernels;
  }

  /** Size of the memory. */
  get heapBytes(): number {
    return this.#memory.buffer.byteLength;
  }

  /**
   * Copies the inputs into the memory, runs `work`, and copies the result out of it.
   *
   * @param size of the result in bytes
   * @param workBytes size of the free room
   */
  run(size: number, inputs: readonly ArrayBufferView[], workBytes: number, work: Work): Uint8Array {
    let end = 0;
    const take = (bytes: number): number => {
      const address = end;
      end += VECTOR_BYTES * Math.ceil((bytes + SLACK_BYTES) / VECTOR_BYTES);
      return address;
    };
    const to = take(size);
    const from = inputs.map(({ byteLength }) => take(byteLength));
    const room = take(workBytes);
    const missing = end - this.heapBytes;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE_BYTES));
    const bytes = new Uint8Array(this.#memory.buffer);
    for (const [index, { buffer, byteOffset, byteLength }] of inputs.entries()) {
      bytes.set(new Uint8Array(buffer, byteOffset, byteLength), from[index]);
    }
    work(this.#kernels, to, from, room);
    return bytes.slice(to, to + size);
  }
}

/** Where the kernels' code is in this package. It is passed as bytes, because Node.js and browsers load it differently. */
export const visionCode = (): URL => new URL('../../wasm/vision.wasm', import.meta.url);

/** @param code the bytes of `visionCode` @throws InkError INK_VISION_FAILED if this platform cannot run it */
export async function openVisionKernels(code: Uint8Array): Promise<VisionKernels> {
  try {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const { exports } = new WebAssembly.Instance(await WebAssembly.compile(code), { env: { memory } });
    const kernel = (name: (typeof NAMES)[number]): Kernel => {
      const found = exports[name];
      if (!isKernel(found)) throw new Error(`"${name}" is missing`);
      return found;
    };
    return new VisionKernels(memory, {
      average: kernel('average'),
      blur: kernel('blur'),
      closing: kernel('closing'),
      halve: kernel('halve'),
      interpolate: kernel('interpolate'),
      shrink: kernel('shrink'),
      warp: kernel('warp'),
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InkError('INK_VISION_FAILED', `The kernels of vision cannot be loaded: ${reason}.`, { cause });
  }
}

const isKernel = (value: unknown): value is Kernel => typeof value === 'function';
