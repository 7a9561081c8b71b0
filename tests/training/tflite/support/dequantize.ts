import type { TfliteModel, TfliteTensor } from '@inkcast/shared/tflite-file';
import { bytesOf } from '@inkcast/training/tflite';

/** The numbers that quantized values stand for: real = scale * (value - zero point), by channel where there are several. */
export function dequantizedValues({ shape, quantization }: TfliteTensor, values: ArrayLike<number>): Float32Array {
  if (quantization === undefined) return Float32Array.from(values);
  const { scales, zeroPoints, dimension } = quantization;
  const inner = shape.slice(dimension + 1).reduce((product, size) => product * size, 1);
  return Float32Array.from(values, (value, index) => {
    const channel = scales.length === 1 ? 0 : Math.floor(index / inner) % scales.length;
    return scales[channel] * (value - zeroPoints[channel]);
  });
}

function dequantizedTensor(tensor: TfliteTensor): TfliteTensor {
  const { name, shape, data, quantization } = tensor;
  // Shapes, paddings and dimensions are int32 as well, and stay: only they have no scale.
  if (quantization === undefined) return tensor;
  const plain = { name, shape, type: 'float32' } as const;
  if (data === undefined) return plain;
  const bytes = data.slice();
  const values = tensor.type === 'int8' ? new Int8Array(bytes.buffer) : new Int32Array(bytes.buffer);
  return { ...plain, data: bytesOf(dequantizedValues(tensor, values)) };
}

/** The float32 model that corresponds to an int8 model. */
export const dequantizedModel = (model: TfliteModel): TfliteModel => ({
  ...model,
  tensors: model.tensors.map(dequantizedTensor),
});
