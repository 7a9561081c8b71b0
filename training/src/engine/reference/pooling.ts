import type { PoolLayer } from '../../models/index.js';
import type { Operation } from './operation.js';
import { makeWindow, outputPixels, visitTaps, type Window } from './taps.js';

type MapShape = readonly [number, number, number];

/** The largest value under the window; the gradient goes to the first of several equal ones. */
export function maxPool(layer: PoolLayer, [height, width, channels]: MapShape): Operation {
  const window = makeWindow([height, width], layer.pool, layer.strides, layer.padding);
  return {
    forward(pass, [input]) {
      return largest(window, channels, pass.count, input).values;
    },

    backward(pass, [input], _output, gradient) {
      const { places } = largest(window, channels, pass.count, input);
      const byInput = new Float64Array(input.length);
      for (let index = 0; index < gradient.length; index++) byInput[places[index]] += gradient[index];
      return [byInput];
    },
  };
}

function largest(
  window: Window,
  channels: number,
  count: number,
  input: Float64Array,
): { values: Float64Array; places: Uint32Array } {
  const values = new Float64Array(count * outputPixels(window) * channels).fill(Number.NEGATIVE_INFINITY);
  const places = new Uint32Array(values.length);
  visitTaps(window, count, (to, from) => {
    for (let channel = 0; channel < channels; channel++) {
      const value = input[from * channels + channel];
      if (value > values[to * channels + channel] || Number.isNaN(value)) {
        values[to * channels + channel] = value;
        places[to * channels + channel] = from * channels + channel;
      }
    }
  });
  return { values, places };
}

/** The mean under the window; taps in the padding are not counted, as in TensorFlow. */
export function averagePool(layer: PoolLayer, [height, width, channels]: MapShape): Operation {
  const window = makeWindow([height, width], layer.pool, layer.strides, layer.padding);
  const shares = tapShares(window);
  return {
    forward(pass, [input]) {
      const output = new Float64Array(pass.count * outputPixels(window) * channels);
      visitTaps(window, pass.count, (to, from) => {
        const share = shares[to % shares.length];
        for (let channel = 0; channel < channels; channel++) {
          output[to * channels + channel] += share * input[from * channels + channel];
        }
      });
      return output;
    },

    backward(pass, [input], _output, gradient) {
      const byInput = new Float64Array(input.length);
      visitTaps(window, pass.count, (to, from) => {
        const share = shares[to % shares.length];
        for (let channel = 0; channel < channels; channel++) {
          byInput[from * channels + channel] += share * gradient[to * channels + channel];
        }
      });
      return [byInput];
    },
  };
}

function tapShares(window: Window): Float64Array {
  const shares = new Float64Array(outputPixels(window));
  visitTaps(window, 1, (to) => {
    shares[to] += 1;
  });
  return shares.map((taps) => 1 / taps);
}

/** The mean of each channel over the whole map. */
export function globalAveragePool([height, width, channels]: MapShape): Operation {
  const pixels = height * width;
  return {
    forward(pass, [input]) {
      const output = new Float64Array(pass.count * channels);
      for (let index = 0; index < input.length; index++) {
        const image = Math.floor(index / (pixels * channels));
        output[image * channels + (index % channels)] += input[index] / pixels;
      }
      return output;
    },

    backward(_pass, [input], _output, gradient) {
      return [
        input.map((_, index) => {
          const image = Math.floor(index / (pixels * channels));
          return gradient[image * channels + (index % channels)] / pixels;
        }),
      ];
    },
  };
}
