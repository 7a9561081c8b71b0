import type { Conv2DOperator, DepthwiseConv2DOperator, FullyConnectedOperator } from '@inkcast/shared/tflite-file';
import type { Padding, Size2D, Tensor } from '../models/index.js';
import { spreadKernel, type Value } from '../network-assembly/index.js';
import { activated } from './plain-operators.js';
import type { Translation } from './translation.js';

interface Window {
  readonly kernel: Size2D;
  readonly strides: Size2D;
  readonly padding: Padding;
}

/** The map that a convolution reads, and its window. */
function windowOf(
  of: Translation<Conv2DOperator | DepthwiseConv2DOperator>,
  size: Size2D,
): { map: Value; window: Window } {
  const { strides, padding, dilations } = of.operator;
  const kernel: Size2D = [(size[0] - 1) * dilations[0] + 1, (size[1] - 1) * dilations[1] + 1];
  if (padding === 'same') return { map: of.exact(0), window: { kernel, strides, padding } };
  const padded = of.network.padded(of.value(0), { kernel, strides }, of);
  return { map: padded.map, window: { kernel, strides, padding: padded.padding } };
}

/** The bias, which may be left out. */
const biasOf = (of: Translation): Readonly<Record<string, Tensor>> => {
  const bias = of.constant(2);
  return bias === undefined ? {} : { bias };
};

export function conv2d(of: Translation<Conv2DOperator>): Value {
  const [filters, height, width, depth] = of.weights(1).shape;
  const { map, window } = windowOf(of, [height, width]);
  const kernel = { shape: [height, width, depth, filters], data: outputLast(of.weights(1)) };
  const bias = biasOf(of);
  const layer = { kind: 'conv2d', filters, ...window, bias: 'bias' in bias } as const;
  const weights = { kernel: spreadKernel(kernel, 1, of.operator.dilations), ...bias };
  return activated(of, of.network.add(of.name, layer, [map], weights), of.operator.activation);
}

export function depthwiseConv2d(of: Translation<DepthwiseConv2DOperator>): Value {
  const { depthMultiplier, dilations, activation } = of.operator;
  const [, height, width, filters] = of.weights(1).shape;
  const { map, window } = windowOf(of, [height, width]);
  const channels = filters / depthMultiplier;
  const grouped = { shape: [height, width, 1, filters], data: of.weights(1).data };
  const bias = biasOf(of);
  const weighted = { ...window, bias: 'bias' in bias };
  if (depthMultiplier > 1) {
    const kernel = spreadKernel(grouped, channels, dilations);
    const layer = { kind: 'conv2d', filters, ...weighted } as const;
    return activated(of, of.network.add(of.name, layer, [map], { kernel, ...bias }), activation);
  }
  const { data } = spreadKernel(grouped, 1, dilations);
  const kernel = { shape: [...window.kernel, channels, 1], data };
  const layer = { kind: 'depthwiseConv2d', ...weighted } as const;
  return activated(of, of.network.add(of.name, layer, [map], { kernel, ...bias }), activation);
}

/** A dense layer reads whatever shape as one vector, or with `keepNumDims` each place of a map. */
export function fullyConnected(of: Translation<FullyConnectedOperator>): Value {
  const { keepNumDims, activation } = of.operator;
  const [units, size] = of.weights(1).shape;
  const data = outputLast(of.weights(1));
  const bias = biasOf(of);
  const { shape } = of.value(0);
  if (keepNumDims && shape.length === 3) {
    const window = { kernel: [1, 1], strides: [1, 1], padding: 'valid' } as const;
    const layer = { kind: 'conv2d', filters: units, ...window, bias: 'bias' in bias } as const;
    const kernel = { shape: [1, 1, size, units], data };
    return activated(of, of.network.add(of.name, layer, [of.exact(0)], { kernel, ...bias }), activation);
  }
  const count = shape.reduce((product, side) => product * side, 1);
  if (count !== size) of.refuse(`reads ${count} values as rows of ${size}`);
  const vector = of.network.exact({ ...of.value(0), shape: [size] }, of);
  const layer = { kind: 'dense', units, bias: 'bias' in bias } as const;
  const kernel = { shape: [size, units], data };
  return activated(of, of.network.add(of.name, layer, [vector], { kernel, ...bias }), activation);
}

/** Weights with the output as the last axis, as Keras has it, from the first, as TensorFlow Lite has it. */
function outputLast({ shape: [outputs], data }: Tensor): Float32Array {
  const rows = data.length / outputs;
  return Float32Array.from(
    { length: data.length },
    (_, index) => data[(index % outputs) * rows + Math.floor(index / outputs)],
  );
}
