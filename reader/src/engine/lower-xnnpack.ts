import { activationRange, int32Of } from '@inkcast/shared/int8-kernels';
import { type ElementwiseOperator, elementCount, type MeanOperator } from '@inkcast/shared/tflite-file';
import type { Bind, Lowering } from './lowering.js';

const { fround } = Math;

/** Bits of the larger factor of a sum. */
const FACTOR_BITS = 20;

/** ADD of two tensors of one shape, as XNNPACK has it (`xnn_init_qs8_add_minmax_params`): one shift for both factors. */
export function lowerScaledAdd(operator: ElementwiseOperator, lowering: Lowering): Bind {
  const [left, right] = [lowering.place(operator.inputs[0]), lowering.place(operator.inputs[1])];
  const output = lowering.place(operator.outputs[0]);
  const scales = [fround(left.scale / output.scale), fround(right.scale / output.scale)];
  const shift = FACTOR_BITS - Math.floor(Math.log2(Math.max(...scales)));
  const [leftFactor, rightFactor] = scales.map((scale) => roundHalfEven(scale * 2 ** shift));
  const bias = 2 ** (shift - 1) - leftFactor * left.zeroPoint - rightFactor * right.zeroPoint;
  const [least, most] = activationRange(operator.activation, output);
  const count = elementCount(output.shape);
  return (kernels) => () =>
    kernels.addScaled(
      ...[left.address, right.address, output.address, count, leftFactor, rightFactor, bias, shift],
      ...[output.zeroPoint, least, most],
    );
}

/** Whether MEAN is over a whole map and keeps its dimensions, which alone is XNNPACK's. */
export function isMeanOfMap(operator: MeanOperator, lowering: Lowering): boolean {
  const { shape } = lowering.place(operator.inputs[0]);
  const axes = Array.from(int32Of(lowering.constant(operator.inputs[1])), (axis) => (axis < 0 ? axis + 4 : axis));
  return shape.length === 4 && operator.keepDims && axes.sort().join() === '1,2';
}

/** MEAN of a map in single precision. */
export function lowerSingleMean(operator: MeanOperator, lowering: Lowering): Bind {
  const [input, output] = [lowering.place(operator.inputs[0]), lowering.place(operator.outputs[0])];
  const [batch, height, width, channels] = input.shape;
  const places = height * width;
  const scale = fround(input.scale / fround(output.scale * places));
  return ({ memory }) => {
    const from = new Int8Array(memory, input.address, batch * places * channels);
    const to = new Int8Array(memory, output.address, batch * channels);
    return () => {
      for (let at = 0; at < to.length; at++) {
        const first = Math.floor(at / channels) * places * channels + (at % channels);
        let sum = -places * input.zeroPoint;
        for (let place = 0; place < places; place++) sum += from[first + place * channels];
        const value = roundHalfEven(fround(fround(sum) * scale)) + output.zeroPoint;
        to[at] = Math.min(127, Math.max(-128, value));
      }
    };
  };
}

/** Rounds to the nearest integer, and halves to the even one. */
function roundHalfEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
