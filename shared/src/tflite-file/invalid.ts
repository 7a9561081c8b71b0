import { InkError } from '../errors/index.js';

/** @param reason completes "The .tflite file cannot be used: ..." */
export const invalid = (reason: string): InkError =>
  new InkError('INK_TFLITE_INVALID', `The .tflite file cannot be used: ${reason}.`);

/** @param reason completes "The .tflite file ..." */
export const unsupported = (reason: string): InkError =>
  new InkError('INK_TFLITE_UNSUPPORTED', `The .tflite file ${reason}.`, {
    remedy: 'docs/quantization.md lists the operators that Inkcast knows.',
  });
