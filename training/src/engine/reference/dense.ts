import type { DenseLayer } from '../../models/index.js';
import { addBias, addBiasGradient } from './bias.js';
import type { Operation } from './operation.js';

/** output[u] = bias[u] + sum over i of input[i] * kernel[i, u]. */
export function dense(layer: DenseLayer, [inputs]: readonly [number]): Operation {
  const { units } = layer;
  return {
    forward(pass, [input]) {
      const kernel = pass.parameter(`${layer.name}/kernel`);
      const output = new Float64Array(pass.count * units);
      if (layer.bias) addBias(output, pass.parameter(`${layer.name}/bias`));
      for (let image = 0; image < pass.count; image++) {
        for (let from = 0; from < inputs; from++) {
          const value = input[image * inputs + from];
          for (let to = 0; to < units; to++) output[image * units + to] += value * kernel[from * units + to];
        }
      }
      return output;
    },

    backward(pass, [input], _output, gradient) {
      const kernel = pass.parameter(`${layer.name}/kernel`);
      const byKernel = pass.gradient(`${layer.name}/kernel`) ?? new Float64Array(kernel.length);
      const byInput = new Float64Array(input.length);
      if (layer.bias) addBiasGradient(pass.gradient(`${layer.name}/bias`), gradient);
      for (let image = 0; image < pass.count; image++) {
        for (let from = 0; from < inputs; from++) {
          const value = input[image * inputs + from];
          let sum = 0;
          for (let to = 0; to < units; to++) {
            const slope = gradient[image * units + to];
            byKernel[from * units + to] += value * slope;
            sum += kernel[from * units + to] * slope;
          }
          byInput[image * inputs + from] = sum;
        }
      }
      return [byInput];
    },
  };
}
