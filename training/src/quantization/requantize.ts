import type { TfLiteLibrary } from '@inkcast/shared/tflite';
import type { TfliteModel, TfliteTensor } from '@inkcast/shared/tflite-file';
import type { Range } from './affine.js';
import { correctBiases } from './correct-biases.js';
import { dequantized } from './dequantized.js';
import { type QuantizeOptions, quantizeModel } from './quantize-model.js';
import type { QuantizedNetwork } from './quantized-network.js';
import { roundByError } from './round-by-error.js';

/**
 * The int8 graph with coarser weights, rounded by error; the steps of all computed tensors stay as they are. It needs no float
 * weights: those that the int8 weights stand for take their place.
 *
 * @param images as `quantizeNetwork` takes them
 * @throws InkError INK_QUANTIZE_FAILED naming the tensor or operator that cannot be quantized
 */
export function requantize(
  library: TfLiteLibrary,
  model: TfliteModel,
  images: Uint8Array,
  options: QuantizeOptions,
): QuantizedNetwork {
  const float = { ...model, tensors: model.tensors.map(inFloat) };
  const rounded = roundByError(library, { float, quantized: quantizeModel(float, rangesOf(model), options) }, images);
  return { float, quantized: correctBiases(library, { float, quantized: rounded }, images) };
}

/** Shapes stay whole numbers. */
function inFloat(tensor: TfliteTensor): TfliteTensor {
  if (tensor.quantization === undefined) return tensor;
  const { quantization, ...rest } = tensor;
  return dequantized(tensor, { ...rest, type: 'float32' });
}

/** What the 256 steps of each computed tensor and input cover, by index. */
function rangesOf({ tensors }: TfliteModel): ReadonlyMap<number, Range> {
  return new Map(
    tensors.flatMap(({ data, quantization }, index) => {
      if (data !== undefined || quantization === undefined) return [];
      const [scale, zeroPoint] = [quantization.scales[0], quantization.zeroPoints[0]];
      return [[index, { min: scale * (-128 - zeroPoint), max: scale * (127 - zeroPoint) }] as const];
    }),
  );
}
