import { type Bundle, EDGE_TPU_MODEL_FILE } from '@inkcast/shared/bundle';
import { InkError } from '@inkcast/shared/errors';
import { openTfLite, type TfLiteLibrary } from '@inkcast/shared/tflite';
import type { InferenceBackEnd } from './back-end.js';
import { type CoralOptions, CoralOrFallback } from './coral-or-fallback.js';
import { openCpuBackEnd } from './cpu-back-end.js';
import { openWasmBackEnd } from './wasm-back-end.js';

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
 * Opens what runs a bundle's model. The back end owns all that was opened for it.
 *
 * @throws InkError what the back end that was chosen throws; `coral` falls back to the processor instead
 */
export async function openBackEnd(bundle: Bundle, settings: BackEndSettings): Promise<InferenceBackEnd> {
  const { choice, library: path, onNote = () => {} } = settings;
  if (choice === 'wasm') return openWasmBackEnd(bundle.model);
  let library: TfLiteLibrary;
  try {
    library = openTfLite(path === undefined ? {} : { library: path });
  } catch (error) {
    if (choice !== 'auto' || !(error instanceof InkError)) throw error;
    onNote(`TensorFlow Lite runs as WASM: ${error.message}`);
    return openWasmBackEnd(bundle.model);
  }
  try {
    const cpu = openCpuBackEnd(library, bundle.model, { threads: settings.threads ?? 1 });
    if (cpu.delegateRefusal !== undefined) onNote(`The model runs without XNNPACK: ${cpu.delegateRefusal}`);
    if (choice !== 'coral') return new WithLibrary(cpu, library);
    return new WithLibrary(await openCoral(bundle, library, cpu, settings.coral), library);
  } catch (error) {
    library.close();
    throw error;
  }
}

async function openCoral(
  bundle: Bundle,
  library: TfLiteLibrary,
  fallback: InferenceBackEnd,
  options: CoralOptions | undefined,
): Promise<InferenceBackEnd> {
  const coral = new CoralOrFallback(library, bundle.files.get(EDGE_TPU_MODEL_FILE), fallback, options);
  await coral.start();
  return coral;
}

/** A back end that takes its library along when it is closed. */
class WithLibrary implements InferenceBackEnd {
  readonly #backEnd: InferenceBackEnd;
  readonly #library: TfLiteLibrary;

  constructor(backEnd: InferenceBackEnd, library: TfLiteLibrary) {
    this.#backEnd = backEnd;
    this.#library = library;
  }

  get name(): InferenceBackEnd['name'] {
    return this.#backEnd.name;
  }

  get refusal(): InkError | undefined {
    return this.#backEnd.refusal;
  }

  run(input: Int8Array): Int8Array {
    return this.#backEnd.run(input);
  }

  close(): void {
    this.#backEnd.close();
    this.#library.close();
  }
}
