import type { ConcatenationOperator } from '../tflite-file/index.js';
import { type Buffer, int32Of } from './buffer.js';
import type { Kernel } from './kernel.js';

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

/**
 * RESIZE_NEAREST_NEIGHBOR: each value is that of the pixel at floor(place * input / output), in single precision as the
 * kernel has it (`GetNearestNeighbor`).
 */
export function resizeNearest([input]: readonly Buffer[], output: Buffer): Kernel {
  const [, height, width, channels] = output.shape;
  const [batch, rows, columns] = input.shape;
  const [fromRow, fromColumn] = [nearestPlaces(rows, height), nearestPlaces(columns, width)];
  return () => {
    for (let place = 0; place < batch * height * width; place++) {
      const row = fromRow[Math.floor(place / width) % height];
      const picture = Math.floor(place / (width * height));
      const from = ((picture * rows + row) * columns + fromColumn[place % width]) * channels;
      output.values.set(input.values.subarray(from, from + channels), place * channels);
    }
  };
}

/** The place before an enlargement for each place after it. */
export function nearestPlaces(before: number, after: number): Int32Array {
  const scale = Math.fround(before / after);
  return Int32Array.from({ length: after }, (_, place) => Math.min(before - 1, Math.floor(Math.fround(place * scale))));
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
