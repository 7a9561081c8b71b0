/** Weights are in parts of 2,048. */
const WEIGHT_BITS = 11;

/**
 * By how much each pixel stands out from the paper around it: the paper, given in a smaller picture, is enlarged by linear
 * interpolation, the luma is taken from it (or the other way round, for light ink), and what is negative is 0. The
 * enlargement has the bytes of OpenCV's.
 *
 * Rows are written in whole vectors: `target` needs 16 bytes behind the picture, and so does `gray`.
 *
 * @param columns for each column of the picture the two columns of the paper, as 16-bit numbers: left, its weight, right,
 * its weight
 * @param rows the same for each row: upper, its weight, lower, its weight
 * @param lines room for two rows of `width + 16` 16-bit numbers
 */
export function standOut(
  gray: usize,
  target: usize,
  width: i32,
  height: i32,
  paper: usize,
  paperWidth: i32,
  columns: usize,
  rows: usize,
  lines: usize,
  isLight: bool,
): void {
  const two = i16x8.splat(2);
  let upper = lines;
  let lower = lines + 2 * (width + 16);
  let inUpper = -1;
  let inLower = -1;
  for (let y = 0; y < height; y++) {
    const row = rows + 8 * y;
    const top = <i32>load<i16>(row);
    const bottom = <i32>load<i16>(row, 4);
    if (top !== inUpper) {
      if (top === inLower) {
        const other = upper;
        upper = lower;
        lower = other;
        inLower = inUpper;
      } else stretch(paper + top * paperWidth, upper, columns, width);
      inUpper = top;
    }
    if (bottom !== inLower) {
      stretch(paper + bottom * paperWidth, lower, columns, width);
      inLower = bottom;
    }
    const weightAbove = i16x8.splat(load<i16>(row, 2));
    const weightBelow = i16x8.splat(load<i16>(row, 6));
    const from = gray + y * width;
    const to = target + y * width;
    for (let x: usize = 0; x < <usize>width; x += 16) {
      const a = upper + 2 * x;
      const b = lower + 2 * x;
      const low = i16x8.add(product(v128.load(a), weightAbove), product(v128.load(b), weightBelow));
      const high = i16x8.add(product(v128.load(a, 16), weightAbove), product(v128.load(b, 16), weightBelow));
      const enlarged = i8x16.narrow_i16x8_u(i16x8.shr_u(i16x8.add(low, two), 2), i16x8.shr_u(i16x8.add(high, two), 2));
      const luma = v128.load(from + x);
      v128.store(to + x, isLight ? i8x16.sub_sat_u(luma, enlarged) : i8x16.sub_sat_u(enlarged, luma));
    }
  }
}

/** One row of the paper, enlarged along the row, in sixteenths of its weighed sum. */
function stretch(row: usize, line: usize, columns: usize, width: i32): void {
  for (let x = 0; x < width; x++) {
    const column = columns + 8 * x;
    const left = <i32>load<u8>(row + load<u16>(column)) * <i32>load<i16>(column, 2);
    const right = <i32>load<u8>(row + load<u16>(column, 4)) * <i32>load<i16>(column, 6);
    store<i16>(line + 2 * x, <i16>((left + right) >> (WEIGHT_BITS - 7)));
  }
}

/** The upper halves of the products of 16-bit numbers. */
function product(a: v128, b: v128): v128 {
  const low = i32x4.extmul_low_i16x8_s(a, b);
  const high = i32x4.extmul_high_i16x8_s(a, b);
  return i8x16.shuffle(low, high, 2, 3, 6, 7, 10, 11, 14, 15, 18, 19, 22, 23, 26, 27, 30, 31);
}
