import type { TensorQuantization } from '@inkcast/shared/tflite-file';
import { clamp, roundAway } from './affine.js';

/** Weights keep to [-127, 127], so that a kernel may negate them (TensorFlow Lite's quantization specification). */
export const MAX_WEIGHT = 127;
/** Biases keep clear of the ends of int32, so that adding the products to them cannot overflow. */
const MAX_BIAS = 2 ** 29;

/** Float weights of one operator, ordered so that each channel's are `stride` apart or side by side. */
export interface FloatWeights {
  readonly filter: Float32Array;
  readonly filterShape: readonly number[];
  readonly bias: Float32Array;
  /** The filter's dimension that counts output channels. */
  readonly channelDimension: number;
  /** One scale for each output channel, or one for all. */
  readonly perChannel: boolean;
}

export interface QuantizedWeights {
  readonly filter: Int8Array;
  readonly filterQuantization: TensorQuantization;
  /** Quantized with the product of the input's and the filter's scale, so that it adds to the products as it is. */
  readonly bias: Int32Array;
  readonly biasQuantization: TensorQuantization;
}

/**
 * Symmetric int8 weights and int32 biases for an input of the scale `inputScale`.
 *
 * @param maxWeight magnitude of the largest weight of a scale, 1 to 127; a smaller one makes coarser weights, which compress better
 */
export function quantizeWeights(weights: FloatWeights, inputScale: number, maxWeight = MAX_WEIGHT): QuantizedWeights {
  const { filter, bias, perChannel, channelDimension } = weights;
  const channelOf = channelIndex(weights);
  const limits = new Float64Array(bias.length);
  filter.forEach((value, index) => {
    const channel = channelOf(index);
    limits[channel] = Math.max(limits[channel], Math.abs(value));
  });
  const largest = limits.reduce((a, b) => Math.max(a, b), 0);
  const channelScale = (channel: number): number => {
    const limit = perChannel && limits[channel] > 0 ? limits[channel] : largest;
    const forBias = perChannel ? Math.abs(bias[channel]) : bias.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    // A filter of zeros would leave its bias without a scale to stand in.
    const least = Math.max(limit / maxWeight, forBias / (inputScale * MAX_BIAS));
    return Math.fround(least === 0 ? 1 : least);
  };
  const scales = Float32Array.from({ length: perChannel ? bias.length : 1 }, (_, channel) => channelScale(channel));
  const scaleOf = (channel: number): number => scales[perChannel ? channel : 0];
  const biasScales = scales.map((scale) => Math.fround(scale * inputScale));
  const dimension = perChannel ? channelDimension : 0;
  return {
    filter: Int8Array.from(filter, (value, index) =>
      clamp(roundAway(value / scaleOf(channelOf(index))), -maxWeight, maxWeight),
    ),
    filterQuantization: { scales, zeroPoints: new Int32Array(scales.length), dimension },
    bias: Int32Array.from(bias, (value, channel) => roundAway(value / biasScales[perChannel ? channel : 0])),
    biasQuantization: { scales: biasScales, zeroPoints: new Int32Array(scales.length), dimension: 0 },
  };
}

/** The output channel that a weight belongs to. */
function channelIndex({ filterShape, channelDimension }: FloatWeights): (index: number) => number {
  const channels = filterShape[channelDimension];
  const inner = filterShape.slice(channelDimension + 1).reduce((product, size) => product * size, 1);
  return (index) => Math.floor(index / inner) % channels;
}
