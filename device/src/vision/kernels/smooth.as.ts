/**
 * Gaussian blur of 3x3, [1 2 1] each way, rounded to the nearest; at the borders the picture is mirrored about its
 * outermost pixels. The same bytes as OpenCV's.
 *
 * Rows are written in whole vectors: `target` needs 16 bytes behind the picture, and so does `source`.
 *
 * @param line room for `width + 32` 16-bit numbers
 */
export function smooth(source: usize, target: usize, line: usize, width: i32, height: i32): void {
  const half = i16x8.splat(8);
  const first = line + 16;
  const columns = <usize>width;
  const last = first + 2 * columns;
  for (let y = 0; y < height; y++) {
    const here = source + y * width;
    const above = y > 0 ? here - width : height > 1 ? here + width : here;
    const below = y < height - 1 ? here + width : height > 1 ? here - width : here;
    for (let x: usize = 0; x < columns; x += 16) {
      const a = v128.load(above + x);
      const b = v128.load(here + x);
      const c = v128.load(below + x);
      v128.store(
        first + 2 * x,
        weighed(i16x8.extend_low_i8x16_u(a), i16x8.extend_low_i8x16_u(b), i16x8.extend_low_i8x16_u(c)),
      );
      v128.store(
        first + 2 * x,
        weighed(i16x8.extend_high_i8x16_u(a), i16x8.extend_high_i8x16_u(b), i16x8.extend_high_i8x16_u(c)),
        16,
      );
    }
    store<i16>(first - 2, load<i16>(width > 1 ? first + 2 : first));
    store<i16>(last, load<i16>(width > 1 ? last - 4 : first));
    const to = target + y * width;
    for (let x: usize = 0; x < columns; x += 16) {
      const at = first + 2 * x;
      const low = weighed(v128.load(at - 2), v128.load(at), v128.load(at + 2));
      const high = weighed(v128.load(at + 14), v128.load(at + 16), v128.load(at + 18));
      v128.store(
        to + x,
        i8x16.narrow_i16x8_u(i16x8.shr_u(i16x8.add(low, half), 4), i16x8.shr_u(i16x8.add(high, half), 4)),
      );
    }
  }
}

/** a + 2b + c. */
function weighed(a: v128, b: v128, c: v128): v128 {
  return i16x8.add(i16x8.add(a, c), i16x8.shl(b, 1));
}
