import { InkError } from '@inkcast/shared/errors';
import { openTfLite } from '@inkcast/shared/tflite';
import type { CoralOptions } from './coral-or-fallback.js';
import { CpuRuntime } from './cpu-runtime.js';
import type { Runtime } from './runtime.js';
import { loadWasmRuntime } from './wasm-runtime.js';

/** `auto`: the processor, which is the fastest for a model this small; WASM where no native library can be loaded. */
export type BackEndChoice = 'auto' | 'cpu' | 'coral' | 'wasm';

export interface BackEndSettings {
  readonly choice: BackEndChoice;
  /** Threads of `cpu`; default 1. */
  readonly threads?: number;
  /** A libtensorflowlite_c.so; default: the one that ships. */
  readonly library?: string | undefined;
  readonly coral?: CoralOptions;
  /** Told of what is done otherwise than one would expect, such as a model that runs without XNNPACK. */
  readonly onNote?: (note: string) => void;
}

/**
 * Loads the build of TensorFlow Lite that a back end needs: `coral` too needs the native one.
 *
 * @throws InkError INK_TFLITE_LIBRARY where it cannot be loaded
 */
export async function openRuntime(settings: BackEndSettings): Promise<Runtime> {
  const { choice, threads = 1, library: path, onNote = () => {} } = settings;
  if (choice === 'wasm') return loadWasmRuntime();
  try {
    return new CpuRuntime(openTfLite(path === undefined ? {} : { library: path }), { threads }, onNote);
  } catch (error) {
    if (choice !== 'auto' || !(error instanceof InkError)) throw error;
    onNote(`TensorFlow Lite runs as WASM: ${error.message}`);
    return loadWasmRuntime();
  }
}
