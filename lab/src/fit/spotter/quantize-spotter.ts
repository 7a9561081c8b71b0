import type { TfLiteLibrary } from '@inkcast/shared/tflite';
import type { TrainedNetwork } from '@inkcast/training/checkpoint';
import { quantizeNetwork } from '@inkcast/training/quantization';
import { Random } from '@inkcast/training/random';
import { writeTflite } from '@inkcast/training/tflite';
import type { StoredFrame } from '../frames/frame-file.js';
import type { WeightRounding } from '../weight-rounding.js';
import { calibrationCuts } from './calibration-cuts.js';

/** The int8 file of a trained spotter, calibrated on cuts of frames. @throws InkError INK_QUANTIZE_FAILED */
export function quantizeSpotter(
  library: TfLiteLibrary,
  trained: TrainedNetwork,
  frames: readonly StoredFrame[],
  seed: number,
  rounding: WeightRounding,
): Uint8Array {
  const images = calibrationCuts(frames, new Random(seed));
  return writeTflite(quantizeNetwork(library, trained, images, { method: 'min-max', ...rounding }).quantized);
}
