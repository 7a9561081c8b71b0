import type { InferenceBackEnd } from './back-end.js';

/** What runs `.tflite` files. It is loaded once and then opens models. */
export interface Runtime {
  /**
   * @param model the bytes of a .tflite file with one int8 input and one int8 output
   * @throws InkError INK_TFLITE_INVALID, INK_TFLITE_UNSUPPORTED or INK_TFLITE_INTERPRETER if the model is refused
   */
  open(model: Uint8Array): InferenceBackEnd;
  /** Must be called after everything that it has opened is closed. */
  close(): void;
}
