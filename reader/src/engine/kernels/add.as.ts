import { rescale } from './rescale.as';

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
