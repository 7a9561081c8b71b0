import type { InferenceBackEnd } from '@inkcast/reader/inference';
import type { TfLiteLibrary } from '@inkcast/shared/tflite';
import { type CpuOptions, openCpuBackEnd } from './cpu-back-end.js';
import type { TfLiteRuntime } from './tflite-runtime.js';

/** TensorFlow Lite's C library on the processor. It owns the library. */
export class CpuRuntime implements TfLiteRuntime {
  readonly library: TfLiteLibrary;
  readonly #options: CpuOptions;
  readonly #onNote: (note: string) => void;
  #said: string | undefined;

  /** @param onNote called once with the reason if models run without XNNPACK */
  constructor(library: TfLiteLibrary, options: CpuOptions = {}, onNote: (note: string) => void = () => {}) {
    this.library = library;
    this.#options = options;
    this.#onNote = onNote;
  }

  open(model: Uint8Array): InferenceBackEnd {
    const backEnd = openCpuBackEnd(this.library, model, this.#options);
    const refusal = backEnd.delegateRefusal;
    if (refusal !== undefined && refusal !== this.#said) this.#onNote(`The model runs without XNNPACK: ${refusal}`);
    this.#said = refusal;
    return backEnd;
  }

  close(): void {
    this.library.close();
  }
}
