import type { ElementwiseOperator } from '../tflite-file/index.js';
import { activationRange, type Buffer, int8Of, type Quantized } from './buffer.js';
import { clamp, type Multiplier, multiply, quantizeMultiplier } from './fixed-point.js';
import type { Kernel } from './kernel.js';

/** Bits that ADD gains before it scales its inputs to a common scale. */
const ADD_SHIFT = 20;

/** ADD and MUL of two tensors that broadcast. */
export function elementwise(operator: ElementwiseOperator, [a, b]: readonly Buffer[], output: Buffer): Kernel {
  const [min, max] = activationRange(operator.activation, output);
  const [left, right, to] = [int8Of(a), int8Of(b), int8Of(output)];
  const combine = operator.kind === 'add' ? sum(a, b, output) : product(a, b, output);
  const [leftAt, rightAt] = [broadcast(a.shape, output.shape), broadcast(b.shape, output.shape)];
  return () => {
    for (let index = 0; index < to.length; index++) {
      const value = combine(left[leftAt[index]] - a.zeroPoint, right[rightAt[index]] - b.zeroPoint);
      to[index] = clamp(value + output.zeroPoint, min, max);
    }
  };
}

type Combine = (left: number, right: number) => number;

/** The multipliers of ADD: of each input, and of their sum. */
export interface SumMultipliers {
  readonly left: Multiplier;
  readonly right: Multiplier;
  readonly sum: Multiplier;
}

/** ADD scales its inputs, shifted by `ADD_SHIFT`, to a common scale, and their sum to the output's. */
export function sumMultipliers(a: Quantized, b: Quantized, output: Quantized): SumMultipliers {
  const common = 2 * Math.max(a.scale, b.scale);
  return {
    left: quantizeMultiplier(a.scale / common),
    right: quantizeMultiplier(b.scale / common),
    sum: quantizeMultiplier(common / (2 ** ADD_SHIFT * output.scale)),
  };
}

function sum(a: Buffer, b: Buffer, output: Buffer): Combine {
  const multipliers = sumMultipliers(a, b, output);
  return (left, right) =>
    multiply(summand(left, multipliers.left) + summand(right, multipliers.right), multipliers.sum, 'away');
}

/** One side of a sum, on the common scale. @param value less its zero point */
export const summand = (value: number, multiplier: Multiplier): number =>
  multiply(value * 2 ** ADD_SHIFT, multiplier, 'away');

function product(a: Buffer, b: Buffer, output: Buffer): Combine {
  // Single precision throughout, as in the kernel's preparation.
  const multiplier = quantizeMultiplier(Math.fround(Math.fround(a.scale * b.scale) / output.scale));
  return (left, right) => multiply(left * right, multiplier, 'away');
}

/** For each element of `to`, the element of a tensor of the shape `from` that goes with it, as in NumPy. */
function broadcast(from: readonly number[], to: readonly number[]): Int32Array {
  const places = new Int32Array(to.reduce((count, size) => count * size, 1));
  const missing = to.length - from.length;
  for (let index = 0; index < places.length; index++) {
    let rest = index;
    let stride = 1;
    for (let axis = to.length - 1; axis >= missing; axis--) {
      const size = from[axis - missing];
      if (size > 1) places[index] += (rest % to[axis]) * stride;
      rest = Math.floor(rest / to[axis]);
      stride *= size;
    }
  }
  return places;
}
