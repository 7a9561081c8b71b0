import type { TfLiteLibrary } from '@inkcast/shared/tflite';
import type { InferenceBackEnd } from './back-end.js';

/** A build of TensorFlow Lite that is loaded once and then opens models. One file per build. */
export interface Runtime {
  /** The native library; undefined for WASM. */
  readonly library: TfLiteLibrary | undefined;
  /**
   * @param model the bytes of a .tflite file with one int8 input and one int8 output
   * @throws InkError INK_TFLITE_INVALID, INK_TFLITE_UNSUPPORTED or INK_TFLITE_INTERPRETER if the model is refused
   */
  open(model: Uint8Array): InferenceBackEnd;
  /** Must be called after everything that it has opened is closed. */
  close(): void;
}
