import type { Size2D, Tensor } from '../models/index.js';
import { activated } from './activations.js';
import type { Value } from './network-assembler.js';
import { asMap, only, type Translate, type Translation } from './translation.js';

/** Settings of every convolution, and the map it reads. */
function convolution(of: Translation) {
  const { settings, network } = of;
  settings.only('data_format', 'channels_last');
  settings.only('dilation_rate', 1, [1, 1]);
  settings.only('groups', 1);
  settings.only('depth_multiplier', 1);
  const window = { kernel: settings.pair('kernel_size'), strides: settings.pair('strides', [1, 1]) };
  const input = only(of);
  asMap(input, of);
  const { map, padding } =
    settings.padding() === 'same'
      ? { map: network.exact(input, settings), padding: 'same' as const }
      : network.padded(input, window, settings);
  return { ...window, padding, map, channels: asMap(map, of)[2] };
}

type Weights = Readonly<Record<string, Tensor>>;

/** The bias, where the layer has one. */
function biasOf({ layer, settings, weights }: Translation, size: number): Weights {
  return settings.flag('use_bias', true) ? { bias: weights.find(layer, ['bias'], [size]) } : {};
}

/** Adds a convolution with the window 1x1, which is also a dense layer over each place of a map. */
function pointwise(of: Translation, map: Value, filters: number, kernel: Tensor): Value {
  const bias = biasOf(of, filters);
  const [channels] = map.shape.slice(-1);
  const one: Size2D = [1, 1];
  const layer = { kind: 'conv2d', filters, kernel: one, strides: one, padding: 'valid', bias: 'bias' in bias } as const;
  const weights = { kernel: { shape: [1, 1, channels, filters], data: kernel.data }, ...bias };
  return of.network.add(of.layer.path, layer, [map], weights);
}

const conv2d: Translate = (of) => {
  const filters = of.settings.number('filters');
  const { kernel, strides, padding, map, channels } = convolution(of);
  const bias = biasOf(of, filters);
  const weights = { kernel: of.weights.find(of.layer, ['kernel'], [...kernel, channels, filters]), ...bias };
  const layer = { kind: 'conv2d', filters, kernel, strides, padding, bias: 'bias' in bias } as const;
  return activated(of, of.network.add(of.layer.path, layer, [map], weights));
};

const depthwiseConv2d: Translate = (of) => {
  const { kernel, strides, padding, map, channels } = convolution(of);
  const bias = biasOf(of, channels);
  // In Keras 3 the name is `kernel`.
  const filter = of.weights.find(of.layer, ['depthwise_kernel', 'kernel'], [...kernel, channels, 1]);
  const layer = { kind: 'depthwiseConv2d', kernel, strides, padding, bias: 'bias' in bias } as const;
  return activated(of, of.network.add(of.layer.path, layer, [map], { kernel: filter, ...bias }));
};

const separableConv2d: Translate = (of) => {
  const filters = of.settings.number('filters');
  const { kernel, strides, padding, map, channels } = convolution(of);
  const depthwise = of.weights.find(of.layer, ['depthwise_kernel'], [...kernel, channels, 1]);
  const mixing = of.weights.find(of.layer, ['pointwise_kernel'], [1, 1, channels, filters]);
  const layer = { kind: 'depthwiseConv2d', kernel, strides, padding, bias: false } as const;
  const filtered = of.network.add(`${of.layer.path}_depthwise`, layer, [map], { kernel: depthwise });
  return activated(of, pointwise(of, filtered, filters, mixing));
};

const dense: Translate = (of) => {
  const { layer, settings, network, weights } = of;
  const units = settings.number('units');
  const input = network.exact(only(of), settings);
  const [size] = input.shape.slice(-1);
  const kernel = weights.find(layer, ['kernel'], [size, units]);
  if (input.shape.length === 3) return activated(of, pointwise(of, input, units, kernel));
  const bias = biasOf(of, units);
  const place = { kind: 'dense', units, bias: 'bias' in bias } as const;
  return activated(of, network.add(layer.path, place, [input], { kernel, ...bias }));
};

const batchNormalization: Translate = (of) => {
  const { layer, settings, network, weights } = of;
  const input = network.exact(only(of), settings);
  const rank = input.shape.length;
  const [channels] = input.shape.slice(-1);
  settings.only('axis', -1, [-1], rank, [rank]);
  const part = (name: string): Tensor => weights.find(layer, [name], [channels]);
  const filled = (value: number): Tensor => ({ shape: [channels], data: new Float32Array(channels).fill(value) });
  const [epsilon, momentum] = [settings.number('epsilon', 0.001), settings.number('momentum', 0.99)];
  return network.add(layer.path, { kind: 'batchNorm', epsilon, momentum }, [input], {
    gamma: settings.flag('scale', true) ? part('gamma') : filled(1),
    beta: settings.flag('center', true) ? part('beta') : filled(0),
    movingMean: part('moving_mean'),
    movingVariance: part('moving_variance'),
  });
};

export const WEIGHTED_LAYERS: Readonly<Record<string, Translate>> = {
  Conv2D: conv2d,
  Convolution2D: conv2d,
  DepthwiseConv2D: depthwiseConv2d,
  SeparableConv2D: separableConv2d,
  Dense: dense,
  BatchNormalization: batchNormalization,
};
