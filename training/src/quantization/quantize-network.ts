import type { TfLiteLibrary } from '@inkcast/shared/tflite';
import type { TfliteModel } from '@inkcast/shared/tflite-file';
import type { TrainedNetwork } from '../checkpoint/index.js';
import { convertNetwork } from '../tflite-conversion/index.js';
import { type CalibrationMethod, calibrate } from './calibrate.js';
import { type QuantizeOptions, quantizeModel } from './quantize-model.js';

export interface NetworkQuantization extends QuantizeOptions {
  readonly method: CalibrationMethod;
}

/** A network in float and in int8. Tensors with the same name contain the same values. */
export interface QuantizedNetwork {
  readonly float: TfliteModel;
  readonly quantized: TfliteModel;
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
  { method, ...options }: NetworkQuantization,
): QuantizedNetwork {
  const float = convertNetwork(network, parameters);
  return { float, quantized: quantizeModel(float, calibrate(library, float, images, method), options) };
}
