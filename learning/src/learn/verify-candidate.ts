import { InkError } from '@inkcast/shared/errors';
import type { TfLiteLibrary } from '@inkcast/shared/tflite';
import { verifyModel } from '@inkcast/training/verification';
import type { Pictures } from '../tools/index.js';

/** @throws InkError INK_VERIFY_FAILED if TensorFlow Lite computes something else than the integer reference */
export function verifyCandidate(library: TfLiteLibrary, model: Uint8Array, pictures: Pictures): void {
  const failed = verifyModel(library, model, pictures).find(({ isWithinLimits }) => !isWithinLimits);
  if (failed === undefined) return;
  throw new InkError(
    'INK_VERIFY_FAILED',
    `The kernels "${failed.kernels}" run the candidate with other results than the integer reference.`,
  );
}
