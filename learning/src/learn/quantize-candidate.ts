import { InkError } from '@inkcast/shared/errors';
import type { TfLiteLibrary } from '@inkcast/shared/tflite';
import { type FinishedRun, quantizeRun, type ScoredModel } from '@inkcast/training/bundle';
import { pictureSize, subset } from '@inkcast/training/data';
import { verifyModel } from '@inkcast/training/verification';

/** Pictures for the ranges of the values, and for the comparison with the integer reference. */
const CALIBRATION_IMAGES = 300;
const VERIFIED_IMAGES = 24;

/** @throws InkError INK_QUANTIZE_FAILED */
export async function quantizeCandidate(
  library: TfLiteLibrary,
  run: FinishedRun,
  { name, version }: { readonly name: string; readonly version: string },
): Promise<ScoredModel> {
  const settings = { name, version, method: 'min-max', images: CALIBRATION_IMAGES, interfaceType: 'int8' } as const;
  return quantizeRun(library, run, settings);
}

/** @throws InkError INK_VERIFY_FAILED if TensorFlow Lite computes something else than the integer reference */
export function verifyCandidate(
  library: TfLiteLibrary,
  model: Uint8Array,
  { train }: Pick<FinishedRun, 'train'>,
): void {
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
