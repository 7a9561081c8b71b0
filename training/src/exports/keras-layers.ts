import type { TrainedNetwork } from '../checkpoint/index.js';
import { inferShapes, type Layer, type Network, type Size2D, type Tensor } from '../models/index.js';

/** Where a model of Keras is to be read. */
export type KerasReader = 'keras' | 'tensorflow.js';

/** A layer of Keras with its weights in the order in which Keras creates them. */
export interface ExportedLayer {
  readonly className: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly inputs: readonly string[];
  readonly weights: readonly { readonly name: string; readonly tensor: Tensor }[];
}

interface Described {
  readonly className: string;
  readonly config?: Readonly<Record<string, unknown>>;
  /** Keras' names of the weights by ours. */
  readonly weights?: Readonly<Record<string, string>>;
}

const window = ({ strides, padding }: { readonly strides: Size2D; readonly padding: string }) => ({
  strides,
  padding,
  data_format: 'channels_last',
});

const convolution = ({
  bias,
  kernel,
  ...place
}: {
  readonly bias: boolean;
  readonly kernel: Size2D;
  readonly strides: Size2D;
  readonly padding: string;
}) => ({
  kernel_size: kernel,
  ...window(place),
  dilation_rate: [1, 1],
  activation: 'linear',
  use_bias: bias,
});

const activation = (name: string): Described => ({ className: 'Activation', config: { activation: name } });

const withBias = (kernel: string, bias: boolean): Readonly<Record<string, string>> =>
  bias ? { kernel, bias: 'bias' } : { kernel };

/** Keras' layer for one of ours. */
function describe(layer: Layer): Described {
  switch (layer.kind) {
    case 'input':
      return { className: 'InputLayer', config: { batch_input_shape: [null, ...layer.shape], sparse: false } };
    case 'conv2d':
      return {
        className: 'Conv2D',
        config: { filters: layer.filters, ...convolution(layer) },
        weights: withBias('kernel', layer.bias),
      };
    case 'depthwiseConv2d':
      return {
        className: 'DepthwiseConv2D',
        config: { depth_multiplier: 1, ...convolution(layer) },
        weights: withBias('depthwise_kernel', layer.bias),
      };
    case 'dense':
      return {
        className: 'Dense',
        config: { units: layer.units, activation: 'linear', use_bias: layer.bias },
        weights: withBias('kernel', layer.bias),
      };
    case 'batchNorm':
      return {
        className: 'BatchNormalization',
        config: { axis: -1, momentum: layer.momentum, epsilon: layer.epsilon, center: true, scale: true },
        weights: { gamma: 'gamma', beta: 'beta', movingMean: 'moving_mean', movingVariance: 'moving_variance' },
      };
    case 'maxPool':
    case 'averagePool':
      return {
        className: layer.kind === 'maxPool' ? 'MaxPooling2D' : 'AveragePooling2D',
        config: { pool_size: layer.pool, ...window(layer) },
      };
    case 'upsample':
      return {
        className: 'UpSampling2D',
        config: { size: [layer.factor, layer.factor], data_format: 'channels_last', interpolation: 'nearest' },
      };
    case 'dropout':
      return { className: 'Dropout', config: { rate: layer.rate } };
    case 'globalAveragePool':
      return { className: 'GlobalAveragePooling2D', config: { data_format: 'channels_last' } };
    case 'add':
      return { className: 'Add' };
    case 'multiply':
      return { className: 'Multiply' };
    case 'concat':
      return { className: 'Concatenate', config: { axis: -1 } };
    case 'flatten':
      return { className: 'Flatten', config: { data_format: 'channels_last' } };
    case 'relu6':
      return { className: 'ReLU', config: { max_value: 6, negative_slope: 0, threshold: 0 } };
    case 'hardSwish':
      return activation('hard_swish');
    case 'relu':
    case 'sigmoid':
    case 'softmax':
      return activation(layer.kind);
  }
}

/** The layers of a network as layers of Keras, with the same names. */
export function kerasLayers({ network, parameters }: TrainedNetwork, reader: KerasReader): readonly ExportedLayer[] {
  const shapes = inferShapes(network);
  return network.layers.flatMap((layer): ExportedLayer[] => {
    const { name, inputs } = layer;
    if (layer.kind === 'hardSwish' && reader === 'tensorflow.js') return hardSwish(name, inputs);
    const { className, config = {}, weights = {} } = describe(layer);
    const stored = Object.entries(weights).flatMap(([ours, theirs]) => {
      const tensor = parameters.get(`${name}/${ours}`);
      return tensor === undefined ? [] : [{ name: theirs, tensor }];
    });
    const exported = { className, name, config, inputs, weights: stored };
    if (layer.kind !== 'globalAveragePool') return [exported];
    // Ours keeps height and width, which not every version of Keras can.
    const pooled = `${name}_pooled`;
    const target = { target_shape: shapes.get(name) };
    return [
      { ...exported, name: pooled },
      { className: 'Reshape', name, config: target, inputs: [pooled], weights: [] },
    ];
  });
}

/** x * relu6(x + 3) / 6: TensorFlow.js has no hard swish. Howard et al., "Searching for MobileNetV3", 2019. */
function hardSwish(name: string, inputs: readonly string[]): ExportedLayer[] {
  const [shifted, clipped, gate] = [`${name}_shifted`, `${name}_clipped`, `${name}_gate`];
  const layer = (className: string, own: string, config: object, read: readonly string[]): ExportedLayer => ({
    className,
    name: own,
    config: { ...config },
    inputs: read,
    weights: [],
  });
  return [
    layer('Rescaling', shifted, { scale: 1, offset: 3 }, inputs),
    layer('ReLU', clipped, { max_value: 6 }, [shifted]),
    layer('Rescaling', gate, { scale: 1 / 6, offset: 0 }, [clipped]),
    layer('Multiply', name, {}, [...inputs, gate]),
  ];
}

/** A model as Keras 2 describes it, which Keras 3 and TensorFlow.js read, too. */
export function kerasModel(
  { name, layers: ours }: Network,
  layers: readonly ExportedLayer[],
  reader: KerasReader,
): object {
  const [first, last] = [ours[0].name, ours[ours.length - 1].name];
  return {
    class_name: reader === 'keras' ? 'Functional' : 'Model',
    config: {
      name,
      trainable: true,
      layers: layers.map(({ className, name: own, config, inputs }) => ({
        class_name: className,
        config: { name: own, trainable: true, dtype: 'float32', ...config },
        name: own,
        inbound_nodes: inputs.length === 0 ? [] : [inputs.map((input) => [input, 0, 0, {}])],
      })),
      input_layers: [[first, 0, 0]],
      output_layers: [[last, 0, 0]],
    },
  };
}
