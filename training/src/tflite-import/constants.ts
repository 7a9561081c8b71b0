import { elementCount, type TfliteTensor } from '@inkcast/shared/tflite-file';
import { halfToNumber } from '../half-floats/index.js';
import type { Tensor } from '../models/index.js';

/** The real values of a constant tensor: dequantized, or from float16. Nothing for one that is computed. */
export function constantOf({ type, shape, data, quantization }: TfliteTensor): Tensor | undefined {
  if (data === undefined) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const stored: Readonly<Partial<Record<TfliteTensor['type'], (index: number) => number>>> = {
    float32: (index) => view.getFloat32(4 * index, true),
    float16: (index) => halfToNumber(view.getUint16(2 * index, true)),
    int32: (index) => view.getInt32(4 * index, true),
    int8: (index) => view.getInt8(index),
    uint8: (index) => view.getUint8(index),
  };
  const valueAt = stored[type];
  if (valueAt === undefined) return undefined;
  const { scales, zeroPoints, dimension } = quantization ?? { scales: [1], zeroPoints: [0], dimension: 0 };
  // Values of one index of the dimension lie together in runs of this length.
  const run = elementCount(shape.slice(dimension + 1));
  const real = (_: unknown, index: number): number => {
    const channel = scales.length === 1 ? 0 : Math.floor(index / run) % scales.length;
    return scales[channel] * (valueAt(index) - zeroPoints[channel]);
  };
  return { shape, data: Float32Array.from({ length: elementCount(shape) }, real) };
}
