import type { InkError } from '@inkcast/shared/errors';

/** What runs a quantized model: TensorFlow Lite on the CPU, or an accelerator. One file a back end. */
export interface InferenceBackEnd {
  /** What runs the model now; named in health and logs. */
  readonly name: 'cpu' | 'coral' | 'wasm';
  /** Why that is not what was asked for; absent where it is. */
  readonly refusal?: InkError | undefined;
  /**
   * Runs the model on one input and returns its output, valid until the next call.
   *
   * @throws InkError INK_TFLITE_INTERPRETER
   */
  run(input: Int8Array): Int8Array;
  /** Frees what is native. Nothing may be run afterwards. */
  close(): void;
}
