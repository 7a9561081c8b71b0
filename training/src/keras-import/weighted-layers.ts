import type { Size2D, Tensor } from '../models/index.js';
import { spreadKernel, type Value } from '../network-assembly/index.js';
import { activated } from './activations.js';
import type { WantedWeight } from './layer-weights.js';
import { asMap, only, type Translate, type Translation } from './translation.js';

/** Settings of every convolution, and the map it reads. */
function convolution(of: Translation) {
  const { settings, network } = of;
  settings.only('data_format', 'channels_last');
  const size = settings.pair('kernel_size');
  const strides = settings.pair('strides', [1, 1]);
  const dilation = settings.pair('dilation_rate', [1, 1]);
  const kernel: Size2D = [(size[0] - 1) * dilation[0] + 1, (size[1] - 1) * dilation[1] + 1];
  const input = only(of);
  asMap(input, of);
  const { map, padding } =
    settings.padding() === 'same'
      ? { map: network.exact(input, settings), padding: 'same' as const }
      : network.padded(input, { kernel, strides }, settings);
  return { size, dilation, place: { kernel, strides, padding }, map, channels: asMap(map, of)[2] };
}

/** The weights of a layer: those of `wanted`, then the bias where it has one. */
function weightsOf(of: Translation, wanted: readonly WantedWeight[], outputs: number) {
  const { layer, settings, weights } = of;
  const hasBias = settings.flag('use_bias', true);
  const bias: WantedWeight = { names: ['bias'], shape: [outputs] };
  const found = weights.of(layer, hasBias ? [...wanted, bias] : wanted);
  return { kernels: found.slice(0, wanted.length), bias: hasBias ? { bias: found[wanted.length] } : {} };
}

type Bias = Readonly<Record<string, Tensor>>;

/** Adds a convolution with the window 1x1, which is also a dense layer over each place of a map. */
function pointwise(of: Translation, map: Value, filters: number, kernel: Tensor, bias: Bias): Value {
  const [channels] = map.shape.slice(-1);
  const one: Size2D = [1, 1];
  const layer = { kind: 'conv2d', filters, kernel: one, strides: one, padding: 'valid', bias: 'bias' in bias } as const;
  const weights = { kernel: { shape: [1, 1, channels, filters], data: kernel.data }, ...bias };
  return of.network.add(of.layer.path, layer, [map], weights);
}

const conv2d: Translate = (of) => {
  const filters = of.settings.number('filters');
  const groups = of.settings.number('groups', 1);
  const { size, dilation, place, map, channels } = convolution(of);
  const shape = [...size, channels / groups, filters];
  const { kernels, bias } = weightsOf(of, [{ names: ['kernel'], shape }], filters);
  const kernel = spreadKernel(kernels[0], groups, dilation);
  const layer = { kind: 'conv2d', filters, ...place, bias: 'bias' in bias } as const;
  return activated(of, of.network.add(of.layer.path, layer, [map], { kernel, ...bias }));
};

/**
 * Adds a convolution of each channel by itself. If it makes several of one, it becomes a convolution with as many groups.
 *
 * @param kernel [height, width, channels, multiplier]
 */
function depthwise(of: Translation, name: string, kernel: Tensor, bias: Bias): Value {
  const { dilation, place, map, channels } = convolution(of);
  const multiplier = kernel.shape[3];
  const filters = channels * multiplier;
  const grouped = { shape: [...kernel.shape.slice(0, 2), 1, filters], data: kernel.data };
  const weighted = { ...place, bias: 'bias' in bias };
  if (multiplier > 1) {
    const layer = { kind: 'conv2d', filters, ...weighted } as const;
    return of.network.add(name, layer, [map], { kernel: spreadKernel(grouped, channels, dilation), ...bias });
  }
  const spread = spreadKernel(grouped, 1, dilation);
  const filter = { shape: [...place.kernel, channels, 1], data: spread.data };
  return of.network.add(name, { kind: 'depthwiseConv2d', ...weighted }, [map], { kernel: filter, ...bias });
}

/** The shape of the filters of each channel. */
function depthwiseShape(of: Translation): readonly number[] {
  const [, , channels] = asMap(only(of), of);
  return [...of.settings.pair('kernel_size'), channels, of.settings.number('depth_multiplier', 1)];
}

const depthwiseConv2d: Translate = (of) => {
  const shape = depthwiseShape(of);
  // In Keras 3 the name is `kernel`.
  const { kernels, bias } = weightsOf(of, [{ names: ['depthwise_kernel', 'kernel'], shape }], shape[2] * shape[3]);
  return activated(of, depthwise(of, of.layer.path, kernels[0], bias));
};

const separableConv2d: Translate = (of) => {
  const filters = of.settings.number('filters');
  const shape = depthwiseShape(of);
  const mixing = [1, 1, shape[2] * shape[3], filters];
  const wanted: readonly WantedWeight[] = [
    { names: ['depthwise_kernel'], shape },
    { names: ['pointwise_kernel'], shape: mixing },
  ];
  const { kernels, bias } = weightsOf(of, wanted, filters);
  const filtered = depthwise(of, `${of.layer.path}_depthwise`, kernels[0], {});
  return activated(of, pointwise(of, filtered, filters, kernels[1], bias));
};

const dense: Translate = (of) => {
  const { layer, settings, network } = of;
  const units = settings.number('units');
  const input = network.exact(only(of), settings);
  const [size] = input.shape.slice(-1);
  const { kernels, bias } = weightsOf(of, [{ names: ['kernel'], shape: [size, units] }], units);
  if (input.shape.length === 3) return activated(of, pointwise(of, input, units, kernels[0], bias));
  const place = { kind: 'dense', units, bias: 'bias' in bias } as const;
  return activated(of, network.add(layer.path, place, [input], { kernel: kernels[0], ...bias }));
};

const batchNormalization: Translate = (of) => {
  const { layer, settings, network, weights } = of;
  const input = network.exact(only(of), settings);
  const rank = input.shape.length;
  const [channels] = input.shape.slice(-1);
  settings.only('axis', -1, [-1], rank, [rank]);
  const filled = (value: number): Tensor => ({ shape: [channels], data: new Float32Array(channels).fill(value) });
  const [isScaled, isCentred] = [settings.flag('scale', true), settings.flag('center', true)];
  const names = [...(isScaled ? ['gamma'] : []), ...(isCentred ? ['beta'] : []), 'moving_mean', 'moving_variance'];
  const found = weights.of(
    layer,
    names.map((name) => ({ names: [name], shape: [channels] })),
  );
  const part = (name: string): Tensor | undefined => found[names.indexOf(name)];
  const [epsilon, momentum] = [settings.number('epsilon', 0.001), settings.number('momentum', 0.99)];
  return network.add(layer.path, { kind: 'batchNorm', epsilon, momentum }, [input], {
    gamma: part('gamma') ?? filled(1),
    beta: part('beta') ?? filled(0),
    movingMean: part('moving_mean') ?? filled(0),
    movingVariance: part('moving_variance') ?? filled(1),
  });
};

/** Epsilon of Keras' standard deviation. */
const MIN_DEVIATION = 1e-7;

/** (x - mean) / deviation, with figures from the training pictures. */
const normalization: Translate = (of) => {
  const { layer, settings, network, weights } = of;
  const input = network.exact(only(of), settings);
  const [channels] = input.shape.slice(-1);
  const axes = settings.axes('axis', [-1]);
  const rank = input.shape.length;
  settings.only('invert', false);
  if (!axes.every((axis) => axis === -1 || axis === rank)) settings.refuse(`has axis [${axes}]`);
  const shape = axes.length === 0 ? [] : [channels];
  const [mean, variance] = weights.of(layer, [
    { names: ['mean'], shape },
    { names: ['variance'], shape },
  ]);
  const scale = Array.from(variance.data, (value) => 1 / Math.max(Math.sqrt(value), MIN_DEVIATION));
  const offset = Array.from(mean.data, (value, channel) => -value * scale[channel]);
  return network.scaled(input, scale, offset, layer.path);
};

export const WEIGHTED_LAYERS: Readonly<Record<string, Translate>> = {
  Conv2D: conv2d,
  Convolution2D: conv2d,
  DepthwiseConv2D: depthwiseConv2d,
  SeparableConv2D: separableConv2d,
  Dense: dense,
  BatchNormalization: batchNormalization,
  Normalization: normalization,
};
