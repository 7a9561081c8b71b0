import type { Conv2DOperator } from '@inkcast/shared/tflite-file';
import { activationRange, type Buffer, int8Of, int32Of } from '../buffer.js';
import { clamp, type Multiplier, multiply, quantizeMultiplier } from '../fixed-point.js';
import type { Kernel, KernelSettings } from '../kernel.js';
import { windowOf } from '../window.js';

/** Multipliers from products of input and filter to the output, one for each output channel. */
export function channelMultipliers(input: Buffer, filter: Buffer, output: Buffer, channels: number): Multiplier[] {
  return Array.from({ length: channels }, (_, channel) => {
    const scale = filter.scales[filter.scales.length === 1 ? 0 : channel];
    return quantizeMultiplier((input.scale * scale) / output.scale);
  });
}

/** CONV_2D with int8 weights and a scale for each channel; the products are summed in int32, the bias first. */
export function convolution(
  operator: Conv2DOperator,
  [input, filter, bias]: readonly Buffer[],
  output: Buffer,
  { matrixTies }: KernelSettings,
): Kernel {
  const [batch, height, width, channels] = input.shape;
  const [filters, filterHeight, filterWidth] = filter.shape;
  const [, rows, columns] = output.shape;
  const window = windowOf([height, width], [filterHeight, filterWidth], operator);
  const multipliers = channelMultipliers(input, filter, output, filters);
  const [min, max] = activationRange(operator.activation, output);
  const [from, weights, to] = [int8Of(input), int8Of(filter), int8Of(output)];
  const biases = bias === undefined ? new Int32Array(filters) : int32Of(bias);
  const offset = -input.zeroPoint;
  const [dilationRows, dilationColumns] = operator.dilations;
  return () => {
    const sums = new Int32Array(filters);
    let place = 0;
    for (let image = 0; image < batch; image++) {
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++, place += filters) {
          sums.set(biases);
          for (let tapRow = 0; tapRow < filterHeight; tapRow++) {
            const y = row * operator.strides[0] - window.top + tapRow * dilationRows;
            if (y < 0 || y >= height) continue;
            for (let tapColumn = 0; tapColumn < filterWidth; tapColumn++) {
              const x = column * operator.strides[1] - window.left + tapColumn * dilationColumns;
              if (x < 0 || x >= width) continue;
              const start = ((image * height + y) * width + x) * channels;
              for (let outChannel = 0; outChannel < filters; outChannel++) {
                const tap = ((outChannel * filterHeight + tapRow) * filterWidth + tapColumn) * channels;
                let sum = sums[outChannel];
                for (let channel = 0; channel < channels; channel++) {
                  sum += (from[start + channel] + offset) * weights[tap + channel];
                }
                sums[outChannel] = sum;
              }
            }
          }
          for (let outChannel = 0; outChannel < filters; outChannel++) {
            const scaled = multiply(sums[outChannel], multipliers[outChannel], matrixTies);
            to[place + outChannel] = clamp(scaled + output.zeroPoint, min, max);
          }
        }
      }
    }
  };
}
