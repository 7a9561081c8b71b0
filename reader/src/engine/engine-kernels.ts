import { InkError } from '@inkcast/shared/errors';

const PAGE_BYTES = 65_536;

/** The functions of the kernels; their sources (kernels/*.as.ts) state what they take. Addresses and sizes are bytes. */
const NAMES = ['add', 'addScaled', 'convolve', 'depthwise', 'enlarge', 'maxPool', 'widen'] as const;

type EngineKernel = (...numbers: number[]) => void;

/** The kernels in a memory that they share with one model. */
export interface Kernels extends Readonly<Record<(typeof NAMES)[number], EngineKernel>> {
  readonly memory: ArrayBuffer;
}

/** Where the kernels' code is in this package. It is passed as bytes, because Node.js and browsers load it differently. */
export const engineCode = (): URL => new URL('../../wasm/engine.wasm', import.meta.url);

/** The kernels for one model. @param size of its memory in bytes @throws InkError INK_TFLITE_INTERPRETER */
export function startKernels(module: WebAssembly.Module, size: number): Kernels {
  try {
    const memory = new WebAssembly.Memory({ initial: Math.ceil(size / PAGE_BYTES) });
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    const kernel = (name: (typeof NAMES)[number]): EngineKernel => {
      const found = exports[name];
      if (!isKernel(found)) throw new Error(`"${name}" is missing`);
      return found;
    };
    return {
      memory: memory.buffer,
      add: kernel('add'),
      addScaled: kernel('addScaled'),
      convolve: kernel('convolve'),
      depthwise: kernel('depthwise'),
      enlarge: kernel('enlarge'),
      maxPool: kernel('maxPool'),
      widen: kernel('widen'),
    };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InkError('INK_TFLITE_INTERPRETER', `The model needs ${size} bytes of memory: ${reason}.`, { cause });
  }
}

const isKernel = (value: unknown): value is EngineKernel => typeof value === 'function';
