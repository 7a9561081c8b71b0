import type { TfLiteLibrary } from '@inkcast/shared/tflite';
import type { TrainedNetwork } from '@inkcast/training/checkpoint';
import { quantizeNetwork } from '@inkcast/training/quantization';
import { Random } from '@inkcast/training/random';
import { writeTflite } from '@inkcast/training/tflite';
import { pick } from '../../synthesis/index.js';
import type { StoredFrame } from '../frames/frame-file.js';
import type { WeightRounding } from '../weight-rounding.js';
import { CUT_SIDE } from './cut-size.js';
import { sampleCut } from './sample-cut.js';

/** Number of cuts for the calibration. */
const CALIBRATION_CUTS = 256;

/** The int8 file of a trained spotter, calibrated on cuts of frames. @throws InkError INK_QUANTIZE_FAILED */
export function quantizeSpotter(
  library: TfLiteLibrary,
  trained: TrainedNetwork,
  frames: readonly StoredFrame[],
  seed: number,
  rounding: WeightRounding,
): Uint8Array {
  const random = new Random(seed);
  const images = new Uint8Array(CALIBRATION_CUTS * CUT_SIDE * CUT_SIDE);
  for (let cut = 0; cut < CALIBRATION_CUTS; cut++) {
    const { luma } = sampleCut(pick(random, frames), pick(random, frames), random);
    images.set(
      luma.map((value) => Math.round(255 * value)),
      cut * luma.length,
    );
  }
  return writeTflite(quantizeNetwork(library, trained, images, { method: 'min-max', ...rounding }).quantized);
}
