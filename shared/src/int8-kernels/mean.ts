import type { MeanOperator } from '../tflite-file/index.js';
import { type Buffer, int8Of, int32Of } from './buffer.js';
import { clamp, multiply, quantizeMultiplier, roundAway } from './fixed-point.js';
import type { Kernel } from './kernel.js';

const { fround } = Math;

/**
 * MEAN over some dimensions. The mean of a whole map that keeps its four dimensions is computed in fixed point, every
 * other one in single precision: the library has two kernels, whose last bits differ.
 */
export function mean(operator: MeanOperator, [input, axes]: readonly Buffer[], output: Buffer): Kernel {
  const [from, to] = [int8Of(input), int8Of(output)];
  const rank = input.shape.length;
  const reduced = new Set(Array.from(int32Of(axes), (axis) => (axis < 0 ? axis + rank : axis)));
  const places = outputPlaces(input.shape, reduced);
  const count = from.length / to.length;
  const isMap = rank === 4 && operator.keepDims && [...reduced].sort().join() === '1,2';
  const scaled = isMap ? inFixedPoint(input, output, count) : inSinglePrecision(input, output, count);
  return () => {
    const sums = new Int32Array(to.length);
    for (let index = 0; index < from.length; index++) sums[places[index]] += from[index];
    for (let index = 0; index < to.length; index++) {
      to[index] = clamp(scaled(sums[index]) + output.zeroPoint, -128, 127);
    }
  };
}

type FromSum = (sum: number) => number;

function inFixedPoint(input: Buffer, output: Buffer, count: number): FromSum {
  const multiplier = quantizeMultiplier(input.scale / output.scale);
  return (sum) => roundAway(multiply(sum - count * input.zeroPoint, multiplier, 'away') / count);
}

function inSinglePrecision(input: Buffer, output: Buffer, count: number): FromSum {
  const scale = fround(input.scale / output.scale);
  const offset = fround(-input.zeroPoint * scale);
  return (sum) => roundAway(fround(fround(fround(fround(sum) / fround(count)) * scale) + offset));
}

/** For each element of a shape, where its sum stands. */
function outputPlaces(shape: readonly number[], reduced: ReadonlySet<number>): Int32Array {
  const places = new Int32Array(shape.reduce((count, size) => count * size, 1));
  for (let index = 0; index < places.length; index++) {
    let rest = index;
    let stride = 1;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      if (!reduced.has(axis)) {
        places[index] += (rest % shape[axis]) * stride;
        stride *= shape[axis];
      }
      rest = Math.floor(rest / shape[axis]);
    }
  }
  return places;
}
