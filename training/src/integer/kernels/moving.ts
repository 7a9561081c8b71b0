import type { ConcatenationOperator } from '@inkcast/shared/tflite-file';
import { type Buffer, int32Of } from '../buffer.js';
import type { Kernel } from '../kernel.js';

/** RESHAPE: the same values in the same order. */
export const reshape =
  ([input]: readonly Buffer[], output: Buffer): Kernel =>
  () =>
    output.values.set(input.values);

/** PAD with zeros, which the zero point stands for. */
export function pad([input, paddings]: readonly Buffer[], output: Buffer): Kernel {
  const before = input.shape.map((_, axis) => int32Of(paddings)[2 * axis]);
  const places = Array.from(input.values, (_, index) => {
    let rest = index;
    let stride = 1;
    let place = 0;
    for (let axis = input.shape.length - 1; axis >= 0; axis--) {
      place += ((rest % input.shape[axis]) + before[axis]) * stride;
      rest = Math.floor(rest / input.shape[axis]);
      stride *= output.shape[axis];
    }
    return place;
  });
  return () => {
    output.values.fill(output.zeroPoint);
    for (const [index, place] of places.entries()) output.values[place] = input.values[index];
  };
}

/** CONCATENATION along one dimension. */
export function concatenation(operator: ConcatenationOperator, inputs: readonly Buffer[], output: Buffer): Kernel {
  const axis = operator.axis < 0 ? operator.axis + output.shape.length : operator.axis;
  const inner = (shape: readonly number[]): number => shape.slice(axis).reduce((count, size) => count * size, 1);
  const step = inner(output.shape);
  return () => {
    let start = 0;
    for (const { values, shape } of inputs) {
      const size = inner(shape);
      for (let block = 0; block < values.length / size; block++) {
        output.values.set(values.subarray(block * size, (block + 1) * size), block * step + start);
      }
      start += size;
    }
  };
}
