import type { TfliteTensor } from '@inkcast/shared/tflite-file';
import { bytesOf } from '../tflite/index.js';

/** A constant of the int8 graph in float32 again; `float` if it has no steps. */
export function dequantized({ data, type, quantization, shape }: TfliteTensor, float: TfliteTensor): TfliteTensor {
  if (data === undefined || quantization === undefined) return float;
  const { buffer } = data.slice();
  const values = type === 'int32' ? new Int32Array(buffer) : new Int8Array(buffer);
  const { scales, zeroPoints, dimension } = quantization;
  const inner = shape.slice(dimension + 1).reduce((product, size) => product * size, 1);
  const real = Float32Array.from(values, (value, index) => {
    const channel = scales.length === 1 ? 0 : Math.floor(index / inner) % scales.length;
    return scales[channel] * (value - zeroPoints[channel]);
  });
  return { ...float, data: bytesOf(real) };
}
