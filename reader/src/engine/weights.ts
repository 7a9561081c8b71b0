import { type Buffer, int8Of, int32Of } from '@inkcast/shared/int8-kernels';
import { GROUP } from './rescaling.js';

/** What a layer's weights come to: for each output channel, from first to last value that it sums. */
export interface ChannelWeights {
  readonly channels: number;
  /** Values that a channel sums. */
  readonly size: number;
  /** The weight of a channel for one of its values. */
  weight(channel: number, value: number): number;
  readonly biases: Int32Array;
}

/** Weights of which each channel's lie side by side. @param zero is subtracted */
export function rowsOfWeights(filter: Buffer, bias: Buffer | undefined, zero = 0): ChannelWeights {
  const values = int8Of(filter);
  const [channels] = filter.shape;
  const size = values.length / channels;
  return {
    channels,
    size,
    weight: (channel, value) => values[channel * size + value] - zero,
    biases: padded(channels, bias),
  };
}

/** Weights of a depthwise convolution, of which each tap's lie side by side. */
export function columnsOfWeights(filter: Buffer, bias: Buffer | undefined): ChannelWeights {
  const values = int8Of(filter);
  const channels = filter.shape[3];
  const size = values.length / channels;
  return {
    channels,
    size,
    weight: (channel, value) => values[value * channels + channel],
    biases: padded(channels, bias),
  };
}

/** Biases, with zeros up to whole groups. */
function padded(channels: number, bias: Buffer | undefined): Int32Array {
  const biases = new Int32Array(GROUP * Math.ceil(channels / GROUP));
  if (bias !== undefined) biases.set(int32Of(bias));
  return biases;
}

/**
 * Weights in the order in which the kernels read them: for each group of channels and each pair of values, two weights of
 * each channel. Runs of values that lie apart are padded to whole pairs.
 *
 * @param runs into which a channel's values are divided
 */
export function packWeights({ channels, size, weight }: ChannelWeights, runs: number): Int16Array {
  const run = size / runs;
  const pairs = Math.ceil(run / 2);
  const groups = Math.ceil(channels / GROUP);
  const packed = new Int16Array(groups * runs * pairs * 2 * GROUP);
  for (let channel = 0; channel < channels; channel++) {
    const start = Math.floor(channel / GROUP) * runs * pairs * 2 * GROUP + 2 * (channel % GROUP);
    for (let value = 0; value < size; value++) {
      const [of, at] = [Math.floor(value / run), value % run];
      packed[start + (of * pairs + (at >> 1)) * 2 * GROUP + (at & 1)] = weight(channel, value);
    }
  }
  return packed;
}
