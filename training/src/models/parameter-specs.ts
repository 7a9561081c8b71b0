import type { Layer } from './layer.js';
import type { Network } from './network.js';
import { inferShapes, type Shape } from './shapes.js';

/** What a parameter is for; decides its first value, whether weight decay applies and whether gradients change it. */
export type ParameterRole = 'kernel' | 'bias' | 'gamma' | 'beta' | 'movingMean' | 'movingVariance';

/** One parameter of a network before it has values. */
export interface ParameterSpec {
  /** `layer/part`, its key in `Parameters`. */
  readonly name: string;
  readonly layer: string;
  readonly role: ParameterRole;
  /** Keras' shape, see `Parameters`. */
  readonly shape: readonly number[];
  readonly size: number;
  /** False for the moving statistics of a batch normalisation. */
  readonly trainable: boolean;
  /** Inputs and outputs of one unit, as Glorot and Bengio count them; 0 where the role is not a kernel. */
  readonly fanIn: number;
  readonly fanOut: number;
}

/** Every parameter of a network, in the order of its layers; throws as `inferShapes` does. */
export function parameterSpecs(network: Network): readonly ParameterSpec[] {
  const shapes = inferShapes(network);
  return network.layers.flatMap((layer) => {
    const input = shapes.get(layer.inputs[0] ?? '');
    return input === undefined ? [] : layerSpecs(layer, input);
  });
}

function layerSpecs(layer: Layer, input: Shape): ParameterSpec[] {
  const channels = input.at(-1) ?? 0;
  const spec = (role: ParameterRole, shape: readonly number[], fanIn = 0, fanOut = 0): ParameterSpec => ({
    name: `${layer.name}/${role}`,
    layer: layer.name,
    role,
    shape,
    size: shape.reduce((product, size) => product * size, 1),
    trainable: role !== 'movingMean' && role !== 'movingVariance',
    fanIn,
    fanOut,
  });
  switch (layer.kind) {
    case 'conv2d': {
      const area = layer.kernel[0] * layer.kernel[1];
      const kernel = spec('kernel', [...layer.kernel, channels, layer.filters], area * channels, area * layer.filters);
      return layer.bias ? [kernel, spec('bias', [layer.filters])] : [kernel];
    }
    case 'depthwiseConv2d': {
      const area = layer.kernel[0] * layer.kernel[1];
      // One filter a channel: the fans are those of one channel, where Keras counts all the channels as inputs and so
      // begins with weights that are too small by the root of their number.
      const kernel = spec('kernel', [...layer.kernel, channels, 1], area, area);
      return layer.bias ? [kernel, spec('bias', [channels])] : [kernel];
    }
    case 'dense': {
      const kernel = spec('kernel', [channels, layer.units], channels, layer.units);
      return layer.bias ? [kernel, spec('bias', [layer.units])] : [kernel];
    }
    case 'batchNorm':
      return (['gamma', 'beta', 'movingMean', 'movingVariance'] as const).map((role) => spec(role, [channels]));
    default:
      return [];
  }
}
