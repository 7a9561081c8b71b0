import type { TfLiteLibrary } from '@inkcast/shared/tflite';
import { type FinishedRun, quantizeRun, type ScoredModel } from '@inkcast/training/bundle';

/** Pictures for the ranges of the values. */
const CALIBRATION_IMAGES = 300;

/** @throws InkError INK_QUANTIZE_FAILED */
export async function quantizeCandidate(
  library: TfLiteLibrary,
  run: FinishedRun,
  { name, version }: { readonly name: string; readonly version: string },
): Promise<ScoredModel> {
  const settings = { name, version, method: 'min-max', images: CALIBRATION_IMAGES, interfaceType: 'int8' } as const;
  return quantizeRun(library, run, settings);
}
