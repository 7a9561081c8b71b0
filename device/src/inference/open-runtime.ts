import { availableParallelism } from 'node:os';
import { InkError } from '@inkcast/shared/errors';
import { type Machine, prefersSmallParts, thisMachine } from '../machine/index.js';
import type { CoralOptions } from './coral-or-fallback.js';
import { loadInkcastRuntime } from './inkcast-runtime.js';
import type { TfLiteRuntime } from './tflite-runtime.js';

/**
 * `auto` is the processor, which is the fastest for models this small; Inkcast's own engine on a small machine, and where no
 * native library can be loaded.
 */
export type BackEndChoice = 'auto' | 'cpu' | 'coral' | 'wasm' | 'inkcast';

export interface BackEndSettings {
  readonly choice: BackEndChoice;
  /** Threads of `cpu`; default 1. */
  readonly threads?: number;
  /** Path of a libtensorflowlite_c.so; default: the one that ships. */
  readonly library?: string | undefined;
  readonly coral?: CoralOptions;
  /** Decides for `auto`; default: this one. */
  readonly machine?: Machine;
  /** Called with remarks, for example that a model runs without XNNPACK. */
  readonly onNote?: (note: string) => void;
}

/** The settings for a model that the Coral does not run. */
export const onProcessor = (settings: BackEndSettings): BackEndSettings =>
  settings.choice === 'coral' ? { ...settings, choice: 'cpu' } : settings;

/**
 * Loads what a back end needs; `coral` needs the native build too.
 *
 * @throws InkError INK_TFLITE_LIBRARY if it cannot be loaded
 */
export async function openRuntime(settings: BackEndSettings): Promise<TfLiteRuntime> {
  const { choice, library: path, onNote = () => {} } = settings;
  if (choice === 'wasm') return (await import('./wasm-runtime.js')).loadWasmRuntime();
  const isSmall = choice === 'auto' && path === undefined && prefersSmallParts(settings.machine ?? thisMachine());
  if (choice === 'inkcast' || isSmall) return loadInkcastRuntime();
  const threads = threadsFor(settings.threads ?? 1, onNote);
  try {
    // Loaded only where it runs, like the others: the binding to native libraries takes memory.
    const [{ openTfLite }, { CpuRuntime }] = await Promise.all([
      import('@inkcast/shared/tflite'),
      import('./cpu-runtime.js'),
    ]);
    return new CpuRuntime(openTfLite(path === undefined ? {} : { library: path }), { threads }, onNote);
  } catch (error) {
    if (choice !== 'auto' || !(error instanceof InkError)) throw error;
    onNote(`Inkcast's own engine runs the model: ${error.message}`);
    return loadInkcastRuntime();
  }
}

/** More threads than cores wait for each other, and a frame would take minutes. */
function threadsFor(asked: number, onNote: (note: string) => void): number {
  const cores = availableParallelism();
  if (asked <= cores) return asked;
  onNote(`Of the ${asked} threads of inference.threads ${cores} are used: this machine has no more cores.`);
  return cores;
}
