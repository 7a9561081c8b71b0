import { Random } from '../random/index.js';
import type { Network } from './network.js';
import { type ParameterSpec, parameterSpecs } from './parameter-specs.js';
import type { Parameters, Tensor } from './parameters.js';

/**
 * First values of a network's parameters: kernels uniform in +-sqrt(6 / (fanIn + fanOut)) (Glorot and Bengio,
 * "Understanding the difficulty of training deep feedforward neural networks", 2010), gamma and moving variance 1, the
 * rest 0. The same seed gives the same bits; adding a layer does not change the values of those before it.
 *
 * @throws InkError INK_GRAPH_INVALID where the network is not well formed
 */
export function initializeParameters(network: Network, seed: number): Parameters {
  const random = new Random(seed);
  return new Map(parameterSpecs(network).map((spec) => [spec.name, initialTensor(spec, random)]));
}

function initialTensor(spec: ParameterSpec, random: Random): Tensor {
  const data = new Float32Array(spec.size);
  if (spec.role === 'kernel') {
    const limit = Math.sqrt(6 / (spec.fanIn + spec.fanOut));
    for (let index = 0; index < data.length; index++) data[index] = random.uniform(-limit, limit);
  } else if (spec.role === 'gamma' || spec.role === 'movingVariance') {
    data.fill(1);
  }
  return { shape: spec.shape, data };
}
