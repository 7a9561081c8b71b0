import { rescale } from './rescale.as';

/** Bytes of the weights of a pair of values, for eight channels. */
const PAIR_BYTES = 32;

/**
 * One row of a convolution, or rows of a dense layer. Each place sums products over runs of values that lie side by side,
 * two values at a time and eight channels at once.
 *
 * @param runs for each run the address (i32) of its first value for the first place
 * @param pairs pairs of values in a run
 * @param step bytes from one place's values to the next's
 * @param weights for eight channels, run and pair: two weights of each channel (i16). Then the next eight.
 * @param biases of each channel (i32), a multiple of eight
 * @param blocks the numbers for `rescale`, two blocks for eight channels
 * @param blockBytes size of the two
 * @param sums room for 128 bytes
 */
export function convolve(
  runs: usize,
  runCount: i32,
  pairs: i32,
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
  const runBytes = <usize>(4 * pairs);
  for (let channel = 0; channel < channels; channel += 8) {
    let place = 0;
    for (; place + 4 <= places; place += 4) {
      sumFour(runs, runCount, runBytes, place * step, step, weights, biases, sums);
      rescale(sums, 4, blocks, to + place * channels + channel, channels, channels - channel, zero, least, most);
    }
    for (; place < places; place++) {
      sumOne(runs, runCount, runBytes, place * step, weights, biases, sums);
      rescale(sums, 1, blocks, to + place * channels + channel, channels, channels - channel, zero, least, most);
    }
    weights += runCount * pairs * PAIR_BYTES;
    biases += 32;
    blocks += blockBytes;
  }
}

/** The sums of eight channels at four places, of which each loaded weight serves all. */
function sumFour(
  runs: usize,
  runCount: i32,
  runBytes: usize,
  offset: i32,
  step: i32,
  weights: usize,
  biases: usize,
  sums: usize,
): void {
  let a0 = v128.load(biases);
  let a1 = v128.load(biases, 16);
  let b0 = a0;
  let b1 = a1;
  let c0 = a0;
  let c1 = a1;
  let d0 = a0;
  let d1 = a1;
  for (let run = 0; run < runCount; run++) {
    let a = <usize>load<u32>(runs + 4 * run) + offset;
    let b = a + step;
    let c = b + step;
    let d = c + step;
    for (const end = a + runBytes; a < end; a += 4, b += 4, c += 4, d += 4, weights += PAIR_BYTES) {
      const first = v128.load(weights);
      const second = v128.load(weights, 16);
      const valuesA = v128.load32_splat(a);
      a0 = i32x4.add(a0, i32x4.dot_i16x8_s(valuesA, first));
      a1 = i32x4.add(a1, i32x4.dot_i16x8_s(valuesA, second));
      const valuesB = v128.load32_splat(b);
      b0 = i32x4.add(b0, i32x4.dot_i16x8_s(valuesB, first));
      b1 = i32x4.add(b1, i32x4.dot_i16x8_s(valuesB, second));
      const valuesC = v128.load32_splat(c);
      c0 = i32x4.add(c0, i32x4.dot_i16x8_s(valuesC, first));
      c1 = i32x4.add(c1, i32x4.dot_i16x8_s(valuesC, second));
      const valuesD = v128.load32_splat(d);
      d0 = i32x4.add(d0, i32x4.dot_i16x8_s(valuesD, first));
      d1 = i32x4.add(d1, i32x4.dot_i16x8_s(valuesD, second));
    }
  }
  v128.store(sums, a0);
  v128.store(sums, a1, 16);
  v128.store(sums, b0, 32);
  v128.store(sums, b1, 48);
  v128.store(sums, c0, 64);
  v128.store(sums, c1, 80);
  v128.store(sums, d0, 96);
  v128.store(sums, d1, 112);
}

/** The sums of eight channels at one place. */
function sumOne(
  runs: usize,
  runCount: i32,
  runBytes: usize,
  offset: i32,
  weights: usize,
  biases: usize,
  sums: usize,
): void {
  let low = v128.load(biases);
  let high = v128.load(biases, 16);
  for (let run = 0; run < runCount; run++) {
    let at = <usize>load<u32>(runs + 4 * run) + offset;
    for (const end = at + runBytes; at < end; at += 4, weights += PAIR_BYTES) {
      const values = v128.load32_splat(at);
      low = i32x4.add(low, i32x4.dot_i16x8_s(values, v128.load(weights)));
      high = i32x4.add(high, i32x4.dot_i16x8_s(values, v128.load(weights, 16)));
    }
  }
  v128.store(sums, low);
  v128.store(sums, high, 16);
}
