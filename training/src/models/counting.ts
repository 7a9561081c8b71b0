import type { Layer } from './layer.js';
import type { Network } from './network.js';
import { parameterSpecs } from './parameter-specs.js';
import { inferShapes, type Shape } from './shapes.js';

/** The size and the cost of a network. */
export interface NetworkCost {
  readonly parameters: number;
  /** Number of trained parameters, without the moving statistics of batch normalisations. */
  readonly trainable: number;
  /** Multiplications with an addition, for one picture, of convolutions and dense layers. */
  readonly macs: number;
  /**
   * Bytes of the weights after int8 quantization: one a kernel value, four a bias value, batch normalisations folded
   * into the convolution before them as its bias. The .tflite file is larger by its description of the graph.
   */
  readonly int8Bytes: number;
}

/** Counts a network's parameters, multiplications and int8 weights; throws as `inferShapes` does. */
export function networkCost(network: Network): NetworkCost {
  const shapes = inferShapes(network);
  const cost = { parameters: 0, trainable: 0, macs: 0, int8Bytes: 0 };
  for (const spec of parameterSpecs(network)) {
    cost.parameters += spec.size;
    if (spec.trainable) cost.trainable += spec.size;
    if (spec.role === 'kernel') cost.int8Bytes += spec.size;
    if (spec.role === 'bias' || spec.role === 'beta') cost.int8Bytes += 4 * spec.size;
  }
  for (const layer of network.layers) {
    const input = shapes.get(layer.inputs[0] ?? '');
    const output = shapes.get(layer.name);
    if (input !== undefined && output !== undefined) cost.macs += layerMacs(layer, input, output);
  }
  return cost;
}

function layerMacs(layer: Layer, input: Shape, output: Shape): number {
  const outputs = output.reduce((product, size) => product * size, 1);
  const channels = input.at(-1) ?? 0;
  switch (layer.kind) {
    case 'conv2d':
      return outputs * layer.kernel[0] * layer.kernel[1] * channels;
    case 'depthwiseConv2d':
      return outputs * layer.kernel[0] * layer.kernel[1];
    case 'dense':
      return outputs * channels;
    default:
      return 0;
  }
}
