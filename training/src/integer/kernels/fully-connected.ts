import type { FullyConnectedOperator } from '@inkcast/shared/tflite-file';
import { activationRange, type Buffer, int8Of, int32Of } from '../buffer.js';
import { clamp, multiply, quantizeMultiplier } from '../fixed-point.js';
import type { Kernel, KernelSettings } from '../kernel.js';

/** FULLY_CONNECTED with one scale for all weights. */
export function fullyConnected(
  operator: FullyConnectedOperator,
  [input, filter, bias]: readonly Buffer[],
  output: Buffer,
  { matrixTies }: KernelSettings,
): Kernel {
  const [units, size] = filter.shape;
  // The product of the two scales is taken in single precision (`GetQuantizedConvolutionMultipler`).
  const multiplier = quantizeMultiplier(Math.fround(input.scale * filter.scale) / output.scale);
  const [min, max] = activationRange(operator.activation, output);
  const [from, weights, to] = [int8Of(input), int8Of(filter), int8Of(output)];
  const biases = bias === undefined ? new Int32Array(units) : int32Of(bias);
  const [inputOffset, filterOffset] = [-input.zeroPoint, -filter.zeroPoint];
  return () => {
    for (let row = 0; row < from.length / size; row++) {
      for (let unit = 0; unit < units; unit++) {
        let sum = biases[unit];
        for (let index = 0; index < size; index++) {
          sum += (from[row * size + index] + inputOffset) * (weights[unit * size + index] + filterOffset);
        }
        to[row * units + unit] = clamp(multiply(sum, multiplier, matrixTies) + output.zeroPoint, min, max);
      }
    }
  };
}
