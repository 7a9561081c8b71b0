import type { FullyConnectedOperator } from '../tflite-file/index.js';
import { activationRange, type Buffer, int8Of, int32Of, type Quantized } from './buffer.js';
import { clamp, type Multiplier, multiply, quantizeMultiplier } from './fixed-point.js';
import type { Kernel, KernelSettings } from './kernel.js';
import { centred, rowProducts } from './row-products.js';

/**
 * Multiplier from products of input and filter to the output. The product of the two scales is taken in single precision
 * (`GetQuantizedConvolutionMultipler`).
 */
export const unitMultiplier = (input: Quantized, filter: Quantized, output: Quantized): Multiplier =>
  quantizeMultiplier(Math.fround(input.scale * filter.scale) / output.scale);

/** FULLY_CONNECTED with one scale for all weights. */
export function fullyConnected(
  operator: FullyConnectedOperator,
  [input, filter, bias]: readonly Buffer[],
  output: Buffer,
  { matrixTies }: KernelSettings,
): Kernel {
  const [units, size] = filter.shape;
  const multiplier = unitMultiplier(input, filter, output);
  const [min, max] = activationRange(operator.activation, output);
  const [from, to] = [int8Of(input), int8Of(output)];
  const weights = centred(int8Of(filter), filter.zeroPoint);
  const biases = bias === undefined ? new Int32Array(units) : int32Of(bias);
  const [values, sums] = [new Int16Array(size), new Int32Array(units)];
  return () => {
    for (let row = 0; row < from.length / size; row++) {
      for (let index = 0; index < size; index++) values[index] = from[row * size + index] - input.zeroPoint;
      rowProducts(values, weights, biases, sums);
      for (let unit = 0; unit < units; unit++) {
        to[row * units + unit] = clamp(multiply(sums[unit], multiplier, matrixTies) + output.zeroPoint, min, max);
      }
    }
  };
}
