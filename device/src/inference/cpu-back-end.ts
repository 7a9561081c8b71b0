import type { Delegate, TfLiteLibrary } from '@inkcast/shared/tflite';
import { InterpreterBackEnd } from './interpreter-back-end.js';

export interface CpuOptions {
  /** Default 1. */
  readonly threads?: number;
  /** Default `xnnpack`; it is not used if it refuses the model. */
  readonly delegate?: Delegate;
}

/**
 * Loads a model into TensorFlow Lite's C library on the processor.
 *
 * @param model the bytes of a .tflite file with one int8 input and one int8 output
 * @throws InkError INK_TFLITE_INVALID, INK_TFLITE_UNSUPPORTED or INK_TFLITE_INTERPRETER
 */
export function openCpuBackEnd(
  library: TfLiteLibrary,
  model: Uint8Array,
  options: CpuOptions = {},
): InterpreterBackEnd {
  const { threads = 1, delegate = 'xnnpack' } = options;
  const loaded = library.loadModel(model);
  try {
    return new InterpreterBackEnd('cpu', loaded, loaded.createInterpreter({ threads, delegate, batch: 1 }));
  } catch (error) {
    loaded.close();
    throw error;
  }
}
