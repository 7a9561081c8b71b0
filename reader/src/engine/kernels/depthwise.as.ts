import { rescale } from './rescale.as';

/** Bytes of the weights of a pair of taps, for eight channels. */
const PAIR_BYTES = 32;

/**
 * One row of a depthwise convolution: each channel by weights of its own, two taps at a time and eight channels at once.
 *
 * @param taps for each tap the address (i32) of the first channel's value (i16) for the first place; an even number
 * @param step bytes from one place's values to the next's
 * @param weights for eight channels and each pair of taps: two weights of each channel (i16). Then the next eight.
 * @param biases of each channel (i32), a multiple of eight
 * @param blocks the numbers for `rescale`, two blocks for eight channels
 * @param blockBytes size of the two
 * @param sums room for 128 bytes
 */
export function depthwise(
  taps: usize,
  tapCount: i32,
  step: i32,
  places: i32,
  weights: usize,
  biases: usize,
  blocks: usize,
  blockBytes: usize,
  channels: i32,
  to: usize,
  zero: i32,
  least: i32,
  most: i32,
  sums: usize,
): void {
  for (let channel = 0; channel < channels; channel += 8) {
    for (let place = 0; place < places; place += 4) {
      const count = min(4, places - place);
      for (let each = 0; each < count; each++) {
        sumTaps(taps, tapCount, (place + each) * step + 2 * channel, weights, biases, sums + 32 * each);
      }
      rescale(sums, count, blocks, to + place * channels + channel, channels, channels - channel, zero, least, most);
    }
    weights += (tapCount >> 1) * PAIR_BYTES;
    biases += 32;
    blocks += blockBytes;
  }
}

function sumTaps(taps: usize, tapCount: i32, offset: i32, weights: usize, biases: usize, sums: usize): void {
  let low = v128.load(biases);
  let high = v128.load(biases, 16);
  for (const end = taps + 4 * tapCount; taps < end; taps += 8, weights += PAIR_BYTES) {
    const first = v128.load(<usize>load<u32>(taps) + offset);
    const second = v128.load(<usize>load<u32>(taps, 4) + offset);
    const lows = i16x8.shuffle(first, second, 0, 8, 1, 9, 2, 10, 3, 11);
    const highs = i16x8.shuffle(first, second, 4, 12, 5, 13, 6, 14, 7, 15);
    low = i32x4.add(low, i32x4.dot_i16x8_s(lows, v128.load(weights)));
    high = i32x4.add(high, i32x4.dot_i16x8_s(highs, v128.load(weights, 16)));
  }
  v128.store(sums, low);
  v128.store(sums, high, 16);
}
