import { availableParallelism } from 'node:os';
import { InkError } from '@inkcast/shared/errors';
import { openTfLite } from '@inkcast/shared/tflite';
import type { CoralOptions } from './coral-or-fallback.js';
import { CpuRuntime } from './cpu-runtime.js';
import type { TfLiteRuntime } from './tflite-runtime.js';
import { loadWasmRuntime } from './wasm-runtime.js';

/** `auto` is the processor, which is the fastest for models this small, or WASM if no native library can be loaded. */
export type BackEndChoice = 'auto' | 'cpu' | 'coral' | 'wasm';

export interface BackEndSettings {
  readonly choice: BackEndChoice;
  /** Threads of `cpu`; default 1. */
  readonly threads?: number;
  /** Path of a libtensorflowlite_c.so; default: the one that ships. */
  readonly library?: string | undefined;
  readonly coral?: CoralOptions;
  /** Called with remarks, for example that a model runs without XNNPACK. */
  readonly onNote?: (note: string) => void;
}

/** The settings for a model that the Coral does not run. */
export const onProcessor = (settings: BackEndSettings): BackEndSettings =>
  settings.choice === 'coral' ? { ...settings, choice: 'cpu' } : settings;

/**
 * Loads the build of TensorFlow Lite that a back end needs; `coral` needs the native build too.
 *
 * @throws InkError INK_TFLITE_LIBRARY if it cannot be loaded
 */
export async function openRuntime(settings: BackEndSettings): Promise<TfLiteRuntime> {
  const { choice, library: path, onNote = () => {} } = settings;
  const threads = threadsFor(settings.threads ?? 1, onNote);
  if (choice === 'wasm') return loadWasmRuntime();
  try {
    return new CpuRuntime(openTfLite(path === undefined ? {} : { library: path }), { threads }, onNote);
  } catch (error) {
    if (choice !== 'auto' || !(error instanceof InkError)) throw error;
    onNote(`TensorFlow Lite runs as WASM: ${error.message}`);
    return loadWasmRuntime();
  }
}

/** More threads than cores wait for each other, and a frame would take minutes. */
function threadsFor(asked: number, onNote: (note: string) => void): number {
  const cores = availableParallelism();
  if (asked <= cores) return asked;
  onNote(`Of the ${asked} threads of inference.threads ${cores} are used: this machine has no more cores.`);
  return cores;
}
