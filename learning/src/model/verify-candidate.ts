import { InkError } from '@inkcast/shared/errors';
import type { TfLiteLibrary } from '@inkcast/shared/tflite';
import { type Dataset, pictureSize, subset } from '@inkcast/training/data';
import { verifyModel } from '@inkcast/training/verification';

/** Pictures for the comparison with the integer reference. */
const VERIFIED_IMAGES = 24;

/** @throws InkError INK_VERIFY_FAILED if TensorFlow Lite computes something else than the integer reference */
export function verifyCandidate(library: TfLiteLibrary, model: Uint8Array, train: Dataset): void {
  const step = Math.max(1, Math.floor(train.labels.length / VERIFIED_IMAGES));
  const places = Array.from({ length: Math.min(VERIFIED_IMAGES, train.labels.length) }, (_, index) => index * step);
  const { images, name, shape } = subset(train, places);
  const failed = verifyModel(library, model, {
    name,
    shape,
    images: images.subarray(0, places.length * pictureSize(shape)),
  }).find(({ isWithinLimits }) => !isWithinLimits);
  if (failed === undefined) return;
  throw new InkError(
    'INK_VERIFY_FAILED',
    `The kernels "${failed.kernels}" run the candidate with other results than the integer reference.`,
  );
}
