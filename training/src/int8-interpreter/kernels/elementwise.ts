import type { ElementwiseOperator } from '@inkcast/shared/tflite-file';
import { activationRange, type Buffer, int8Of } from '../buffer.js';
import { clamp, multiply, quantizeMultiplier } from '../fixed-point.js';
import type { Kernel } from '../kernel.js';

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

function sum(a: Buffer, b: Buffer, output: Buffer): Combine {
  const common = 2 * Math.max(a.scale, b.scale);
  const [byLeft, byRight] = [quantizeMultiplier(a.scale / common), quantizeMultiplier(b.scale / common)];
  const byOutput = quantizeMultiplier(common / (2 ** ADD_SHIFT * output.scale));
  return (left, right) => {
    const scaledLeft = multiply(left * 2 ** ADD_SHIFT, byLeft, 'away');
    const scaledRight = multiply(right * 2 ** ADD_SHIFT, byRight, 'away');
    return multiply(scaledLeft + scaledRight, byOutput, 'away');
  };
}

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
