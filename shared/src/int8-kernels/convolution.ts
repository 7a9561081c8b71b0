import type { Conv2DOperator } from '../tflite-file/index.js';
import { activationRange, type Buffer, int8Of, int32Of, type Quantized } from './buffer.js';
import { clamp, type Multiplier, multiply, quantizeMultiplier } from './fixed-point.js';
import type { Kernel, KernelSettings } from './kernel.js';
import { centred, rowProducts } from './row-products.js';
import { windowOf } from './window.js';

/** Multipliers from products of input and filter to the output, one for each output channel. */
export function channelMultipliers(
  input: Quantized,
  filter: Quantized,
  output: Quantized,
  channels: number,
): Multiplier[] {
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
  const [from, to] = [int8Of(input), int8Of(output)];
  const weights = centred(int8Of(filter), 0);
  const biases = bias === undefined ? new Int32Array(filters) : int32Of(bias);
  const [dilationRows, dilationColumns] = operator.dilations;
  const patch = new Int16Array(filterHeight * filterWidth * channels);
  const sums = new Int32Array(filters);

  /** Fills `patch` with what the window covers from a place on; what lies in the padding is zero. */
  const gather = (image: number, top: number, left: number): void => {
    let at = 0;
    for (let tapRow = 0; tapRow < filterHeight; tapRow++) {
      const y = top + tapRow * dilationRows;
      for (let tapColumn = 0; tapColumn < filterWidth; tapColumn++, at += channels) {
        const x = left + tapColumn * dilationColumns;
        const isInside = y >= 0 && y < height && x >= 0 && x < width;
        const start = ((image * height + y) * width + x) * channels;
        for (let channel = 0; channel < channels; channel++) {
          patch[at + channel] = isInside ? from[start + channel] - input.zeroPoint : 0;
        }
      }
    }
  };

  return () => {
    let place = 0;
    for (let image = 0; image < batch; image++) {
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++, place += filters) {
          gather(image, row * operator.strides[0] - window.top, column * operator.strides[1] - window.left);
          rowProducts(patch, weights, biases, sums);
          for (let channel = 0; channel < filters; channel++) {
            const scaled = multiply(sums[channel], multipliers[channel], matrixTies);
            to[place + channel] = clamp(scaled + output.zeroPoint, min, max);
          }
        }
      }
    }
  };
}
