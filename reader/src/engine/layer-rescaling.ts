import type { Multiplier, Quantized, Ties } from '@inkcast/shared/int8-kernels';
import type { Rounding } from './lowering.js';
import { rescalingBlocks, singleBlocks } from './rescaling.js';
import type { ChannelWeights } from './weights.js';

/** A layer with weights. */
export interface WeightedLayer {
  readonly weights: ChannelWeights;
  readonly input: Quantized;
  readonly filter: Quantized;
  readonly output: Quantized;
  /** Of each channel, for the built-in kernels. */
  readonly multipliers: readonly Multiplier[];
  /** How the built-in kernels round its ties. */
  readonly ties: Ties;
}

/** The numbers by which the kernels rescale a layer's sums, as one of TensorFlow Lite's two sets of kernels does. */
export function layerBlocks(layer: WeightedLayer, rounding: Rounding): Uint8Array {
  const { weights, input, filter, output, multipliers, ties } = layer;
  if (rounding === 'xnnpack') {
    const { fround } = Math;
    const scale = (channel: number): number => filter.scales[filter.scales.length === 1 ? 0 : channel];
    return singleBlocks(multipliers.map((_, channel) => fround(fround(input.scale * scale(channel)) / output.scale)));
  }
  // The largest sums that 8-bit inputs can give.
  const largest = Math.max(127 - input.zeroPoint, input.zeroPoint + 128);
  const channels = multipliers.map((multiplier, channel) => {
    let bound = Math.abs(weights.biases[channel]);
    for (let value = 0; value < weights.size; value++) bound += largest * Math.abs(weights.weight(channel, value));
    return { multiplier, bound };
  });
  return rescalingBlocks(channels, ties);
}
