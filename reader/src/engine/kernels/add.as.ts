import { rescale, storeBytes } from './rescale.as';

/**
 * The sum of two tensors of one shape.
 *
 * @param leftTable for each of the 256 values, -128 first, what it adds on the common scale (i32); `rightTable` likewise
 * @param blocks two blocks of numbers for `rescale`, which brings sums to the output's scale
 * @param sums room for 128 bytes
 */
export function add(
  left: usize,
  right: usize,
  to: usize,
  count: i32,
  leftTable: usize,
  rightTable: usize,
  blocks: usize,
  zero: i32,
  least: i32,
  most: i32,
  sums: usize,
): void {
  for (let at = 0; at < count; at += 32) {
    const some = min(32, count - at);
    for (let each = 0; each < some; each++) {
      const first = load<i32>(leftTable + 4 * (<i32>load<i8>(left + at + each) + 128));
      const second = load<i32>(rightTable + 4 * (<i32>load<i8>(right + at + each) + 128));
      store<i32>(sums + 4 * each, first + second);
    }
    const whole = some >> 3;
    rescale(sums, whole, blocks, to + at, 8, 8, zero, least, most);
    if (some & 7) rescale(sums + 32 * whole, 1, blocks, to + at + 8 * whole, 8, some & 7, zero, least, most);
  }
}

/** The sum of two tensors of one shape by factors in fixed point, as XNNPACK computes it. */
export function addScaled(
  left: usize,
  right: usize,
  to: usize,
  count: i32,
  leftFactor: i32,
  rightFactor: i32,
  bias: i32,
  shift: i32,
  zero: i32,
  least: i32,
  most: i32,
): void {
  const lefts = i32x4.splat(leftFactor);
  const rights = i32x4.splat(rightFactor);
  const biases = i32x4.splat(bias);
  for (let at = 0; at < count; at += 8) {
    const a = v128.load8x8_s(left + at);
    const b = v128.load8x8_s(right + at);
    const lowA = i32x4.mul(i32x4.extend_low_i16x8_s(a), lefts);
    const lowB = i32x4.mul(i32x4.extend_low_i16x8_s(b), rights);
    const highA = i32x4.mul(i32x4.extend_high_i16x8_s(a), lefts);
    const highB = i32x4.mul(i32x4.extend_high_i16x8_s(b), rights);
    const low = i32x4.shr_s(i32x4.add(i32x4.add(biases, lowA), lowB), shift);
    const high = i32x4.shr_s(i32x4.add(i32x4.add(biases, highA), highB), shift);
    const words = i16x8.add_sat_s(i16x8.narrow_i32x4_s(low, high), i16x8.splat(<i16>zero));
    const values = i16x8.min_s(i16x8.max_s(words, i16x8.splat(<i16>least)), i16x8.splat(<i16>most));
    storeBytes(to + at, i8x16.narrow_i16x8_s(values, values), count - at);
  }
}
