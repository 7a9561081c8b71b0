import { InkError } from '../errors/index.js';

/** @param reason completes "The .tflite file cannot be used: ..." */
export const invalid = (reason: string): InkError =>
  new InkError('INK_TFLITE_INVALID', `The .tflite file cannot be used: ${reason}.`);

const KNOWN = 'docs/internals/quantization.md lists the operators that Inkcast knows.';
const FULL_INTEGER = 'Quantize its activations too: full integer quantization, int8, with a representative data set.';

/** @param reason completes "The .tflite file ..." */
export const unsupported = (reason: string, remedy: string = KNOWN): InkError =>
  new InkError('INK_TFLITE_UNSUPPORTED', `The .tflite file ${reason}.`, { remedy });

/**
 * For a valid file that computes with other numbers than float32 or 8 bits.
 *
 * @param reason completes "The .tflite file ..."
 */
export const otherNumbers = (reason: string): InkError => unsupported(reason, FULL_INTEGER);
