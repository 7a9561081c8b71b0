import { InkError } from '@inkcast/shared/errors';
import type { BatchNormLayer, Parameters, Tensor } from '../models/index.js';

/** A kernel in Keras' shape, and a bias for each output channel. */
export interface Weights {
  readonly kernel: Tensor;
  readonly bias: Float32Array;
}

/** A parameter that the network needs. @throws InkError INK_CHECKPOINT_INVALID where it is missing */
export function parameter(parameters: Parameters, layer: { readonly name: string }, part: string): Tensor {
  const tensor = parameters.get(`${layer.name}/${part}`);
  if (tensor === undefined) {
    throw new InkError('INK_CHECKPOINT_INVALID', `The weights have no "${layer.name}/${part}".`);
  }
  return tensor;
}

/** What a batch normalisation does to each channel once it is trained: y = scale * x + shift. */
export interface ChannelAffine {
  readonly scale: Float64Array;
  readonly shift: Float64Array;
}

/** Ioffe and Szegedy, "Batch Normalization", 2015, with the moving statistics: gamma * (x - mean) / sqrt(var + eps) + beta. */
export function channelAffine(layer: BatchNormLayer, parameters: Parameters): ChannelAffine {
  const [gamma, beta, mean, variance] = (['gamma', 'beta', 'movingMean', 'movingVariance'] as const).map(
    (part) => parameter(parameters, layer, part).data,
  );
  const scale = Float64Array.from(gamma, (value, channel) => value / Math.sqrt(variance[channel] + layer.epsilon));
  return { scale, shift: Float64Array.from(beta, (value, channel) => value - mean[channel] * scale[channel]) };
}

/**
 * The weights of a layer with the normalisation behind it. In every kernel of Keras' shapes the output channels (of a
 * depthwise one, its channels) are what changes fastest.
 */
export function foldAffine({ kernel, bias }: Weights, { scale, shift }: ChannelAffine): Weights {
  const channels = bias.length;
  return {
    kernel: { shape: kernel.shape, data: kernel.data.map((value, index) => value * scale[index % channels]) },
    bias: bias.map((value, channel) => value * scale[channel] + shift[channel]),
  };
}

/** A normalisation by itself as a depthwise 1x1 convolution. */
export function affineAsDepthwise({ scale, shift }: ChannelAffine): Weights {
  return { kernel: { shape: [1, 1, scale.length, 1], data: Float32Array.from(scale) }, bias: Float32Array.from(shift) };
}
