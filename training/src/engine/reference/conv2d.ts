import type { Conv2DLayer, DepthwiseConv2DLayer } from '../../models/index.js';
import { addBias, addBiasGradient } from './bias.js';
import type { Operation } from './operation.js';
import { makeWindow, outputPixels, visitTaps } from './taps.js';

type MapShape = readonly [number, number, number];

/** Convolution: output[p, f] = bias[f] + sum over taps t and channels c of input[p + t, c] * kernel[t, c, f]. */
export function conv2d(layer: Conv2DLayer, [height, width, channels]: MapShape): Operation {
  const window = makeWindow([height, width], layer.kernel, layer.strides, layer.padding);
  const { filters } = layer;
  return {
    forward(pass, [input]) {
      const kernel = pass.parameter(`${layer.name}/kernel`);
      const output = new Float64Array(pass.count * outputPixels(window) * filters);
      if (layer.bias) addBias(output, pass.parameter(`${layer.name}/bias`));
      visitTaps(window, pass.count, (to, from, tap) => {
        for (let channel = 0; channel < channels; channel++) {
          const value = input[from * channels + channel];
          const weights = (tap * channels + channel) * filters;
          for (let filter = 0; filter < filters; filter++) {
            output[to * filters + filter] += value * kernel[weights + filter];
          }
        }
      });
      return output;
    },

    backward(pass, [input], _output, gradient) {
      const kernel = pass.parameter(`${layer.name}/kernel`);
      const byKernel = pass.gradient(`${layer.name}/kernel`) ?? new Float64Array(kernel.length);
      const byInput = new Float64Array(input.length);
      if (layer.bias) addBiasGradient(pass.gradient(`${layer.name}/bias`), gradient);
      visitTaps(window, pass.count, (to, from, tap) => {
        for (let channel = 0; channel < channels; channel++) {
          const weights = (tap * channels + channel) * filters;
          const value = input[from * channels + channel];
          let sum = 0;
          for (let filter = 0; filter < filters; filter++) {
            const slope = gradient[to * filters + filter];
            byKernel[weights + filter] += value * slope;
            sum += kernel[weights + filter] * slope;
          }
          byInput[from * channels + channel] += sum;
        }
      });
      return [byInput];
    },
  };
}

/** One filter a channel: output[p, c] = bias[c] + sum over taps t of input[p + t, c] * kernel[t, c]. */
export function depthwiseConv2d(layer: DepthwiseConv2DLayer, [height, width, channels]: MapShape): Operation {
  const window = makeWindow([height, width], layer.kernel, layer.strides, layer.padding);
  return {
    forward(pass, [input]) {
      const kernel = pass.parameter(`${layer.name}/kernel`);
      const output = new Float64Array(pass.count * outputPixels(window) * channels);
      if (layer.bias) addBias(output, pass.parameter(`${layer.name}/bias`));
      visitTaps(window, pass.count, (to, from, tap) => {
        for (let channel = 0; channel < channels; channel++) {
          output[to * channels + channel] += input[from * channels + channel] * kernel[tap * channels + channel];
        }
      });
      return output;
    },

    backward(pass, [input], _output, gradient) {
      const kernel = pass.parameter(`${layer.name}/kernel`);
      const byKernel = pass.gradient(`${layer.name}/kernel`) ?? new Float64Array(kernel.length);
      const byInput = new Float64Array(input.length);
      if (layer.bias) addBiasGradient(pass.gradient(`${layer.name}/bias`), gradient);
      visitTaps(window, pass.count, (to, from, tap) => {
        for (let channel = 0; channel < channels; channel++) {
          const slope = gradient[to * channels + channel];
          byKernel[tap * channels + channel] += input[from * channels + channel] * slope;
          byInput[from * channels + channel] += kernel[tap * channels + channel] * slope;
        }
      });
      return [byInput];
    },
  };
}
