import type { DepthwiseConv2DOperator } from '../tflite-file/index.js';
import { activationRange, type Buffer, int8Of, int32Of } from './buffer.js';
import { channelMultipliers } from './convolution.js';
import { clamp, multiply } from './fixed-point.js';
import type { Kernel } from './kernel.js';
import { windowOf } from './window.js';

/** DEPTHWISE_CONV_2D: each channel by filters of its own; it does not go through the matrix product. */
export function depthwise(
  operator: DepthwiseConv2DOperator,
  [input, filter, bias]: readonly Buffer[],
  output: Buffer,
): Kernel {
  const [batch, height, width, channels] = input.shape;
  const [, filterHeight, filterWidth, outChannels] = filter.shape;
  const [, rows, columns] = output.shape;
  const window = windowOf([height, width], [filterHeight, filterWidth], operator);
  const multipliers = channelMultipliers(input, filter, output, outChannels);
  const [min, max] = activationRange(operator.activation, output);
  const [from, weights, to] = [int8Of(input), int8Of(filter), int8Of(output)];
  const biases = bias === undefined ? new Int32Array(outChannels) : int32Of(bias);
  const [dilationRows, dilationColumns] = operator.dilations;
  return () => {
    const sums = new Int32Array(outChannels);
    let place = 0;
    for (let image = 0; image < batch; image++) {
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++, place += outChannels) {
          sums.set(biases);
          for (let tapRow = 0; tapRow < filterHeight; tapRow++) {
            const y = row * operator.strides[0] - window.top + tapRow * dilationRows;
            if (y < 0 || y >= height) continue;
            for (let tapColumn = 0; tapColumn < filterWidth; tapColumn++) {
              const x = column * operator.strides[1] - window.left + tapColumn * dilationColumns;
              if (x < 0 || x >= width) continue;
              const start = ((image * height + y) * width + x) * channels;
              const tap = (tapRow * filterWidth + tapColumn) * outChannels;
              for (let channel = 0; channel < outChannels; channel++) {
                const value = from[start + Math.floor(channel / operator.depthMultiplier)] - input.zeroPoint;
                sums[channel] += value * weights[tap + channel];
              }
            }
          }
          for (let channel = 0; channel < outChannels; channel++) {
            const scaled = multiply(sums[channel], multipliers[channel], 'away');
            to[place + channel] = clamp(scaled + output.zeroPoint, min, max);
          }
        }
      }
    }
  };
}
