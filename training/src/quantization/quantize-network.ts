import type { TfLiteLibrary } from '@inkcast/shared/tflite';
import type { TrainedNetwork } from '../checkpoint/index.js';
import { convertNetwork } from '../tflite-conversion/index.js';
import { type CalibrationMethod, calibrate } from './calibrate.js';
import { correctBiases } from './correct-biases.js';
import { type QuantizeOptions, quantizeModel } from './quantize-model.js';
import type { QuantizedNetwork } from './quantized-network.js';
import { roundByError } from './round-by-error.js';

export interface NetworkQuantization extends QuantizeOptions {
  readonly method: CalibrationMethod;
  /** Whether biases make up for rounded weights, see `correctBiases`. Default: no. */
  readonly correctsBiases?: boolean;
  /** Whether weights are rounded by what it changes, see `roundByError`, and biases are corrected, too. Default: no. */
  readonly roundsByError?: boolean;
}

/**
 * Converts a trained network to TensorFlow Lite and quantizes it by the values of its tensors for the pictures.
 *
 * @param images bytes 0 to 255 that stand for 0 to 1 (ink of crops, luma of frames), of the network's input shape, one
 *   picture after the other
 * @throws InkError INK_QUANTIZE_FAILED, INK_TFLITE_UNSUPPORTED, naming the tensor or layer
 */
export function quantizeNetwork(
  library: TfLiteLibrary,
  { network, parameters }: Pick<TrainedNetwork, 'network' | 'parameters'>,
  images: Uint8Array,
  { method, correctsBiases = false, roundsByError = false, ...options }: NetworkQuantization,
): QuantizedNetwork {
  const float = convertNetwork(network, parameters);
  let quantized = quantizeModel(float, calibrate(library, float, images, method), options);
  if (roundsByError) quantized = roundByError(library, { float, quantized }, images);
  if (roundsByError || correctsBiases) quantized = correctBiases(library, { float, quantized }, images);
  return { float, quantized };
}
