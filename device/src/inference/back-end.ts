/** What runs a quantized model: TensorFlow Lite on the CPU, or an accelerator. One file a back end. */
export interface InferenceBackEnd {
  /** `cpu`, `coral`, ...; named in health and logs. */
  readonly name: string;
  /**
   * Runs the model on one input and returns its output, valid until the next call.
   *
   * @throws InkError INK_TFLITE_INTERPRETER
   */
  run(input: Int8Array): Int8Array;
  /** Frees what is native. Nothing may be run afterwards. */
  close(): void;
}
