import type { InkError } from '@inkcast/shared/errors';

/** Runs a quantized model: TensorFlow Lite on the CPU, or an accelerator. One file per back end. */
export interface InferenceBackEnd {
  /** What runs the model now, as named in health and logs. */
  readonly name: 'cpu' | 'coral' | 'wasm' | 'inkcast';
  /** Why the requested back end is not used; absent if it is. */
  readonly refusal?: InkError | undefined;
  /**
   * Runs the model on one input and returns its output, valid until the next call.
   *
   * @throws InkError INK_TFLITE_INTERPRETER
   */
  run(input: Int8Array): Int8Array;
  /** Frees native memory. Nothing may run afterwards. */
  close(): void;
}
