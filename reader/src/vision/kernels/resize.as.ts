/** Each byte the rounded mean of a square of 2 x 2: to `width * height` bytes from a picture of twice both sides. */
export function halve(from: usize, to: usize, width: i32, height: i32): void {
  const stride = <usize>(2 * width);
  const whole = width & ~7;
  for (let y = 0; y < height; y++) {
    const above = from + 2 * y * stride;
    const below = above + stride;
    const row = to + y * width;
    let x = 0;
    for (; x < whole; x += 8) {
      const upper = i16x8.extadd_pairwise_i8x16_u(v128.load(above + 2 * x));
      const lower = i16x8.extadd_pairwise_i8x16_u(v128.load(below + 2 * x));
      const mean = i16x8.shr_u(i16x8.add(i16x8.add(upper, lower), i16x8.splat(2)), 2);
      v128.store64_lane(row + x, i8x16.narrow_i16x8_u(mean, mean), 0);
    }
    for (; x < width; x++) {
      const upper = <u32>load<u8>(above + 2 * x) + load<u8>(above + 2 * x, 1);
      const lower = <u32>load<u8>(below + 2 * x) + load<u8>(below + 2 * x, 1);
      store<u8>(row + x, (upper + lower + 2) >> 2);
    }
  }
}

/** Each byte the rounded mean of a block of `across * down`: where both sides shrink by whole factors. */
export function average(from: usize, to: usize, width: i32, height: i32, across: i32, down: i32): void {
  const stride = width * across;
  const share = <f32>1 / <f32>(across * down);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const block = from + (y * down * stride + x * across);
      let sum: i32 = 0;
      for (let row = 0; row < down; row++) {
        for (let column = 0; column < across; column++) sum += load<u8>(block + row * stride + column);
      }
      store<u8>(to + y * width + x, <u8>(<i32>nearest<f32>(<f32>sum * share)));
    }
  }
}

/**
 * Area averaging by weights of rows and columns.
 *
 * @param columns for each column of the result the number of its source columns (i32), and for each of these its place
 * (i32) and weight (f32)
 * @param rows likewise
 * @param work room for `2 * width + 6` float32
 */
export function shrink(
  from: usize,
  to: usize,
  fromWidth: i32,
  width: i32,
  height: i32,
  columns: usize,
  rows: usize,
  work: usize,
): void {
  const row = work;
  const sums = work + 4 * ((width + 3) & ~3);
  for (let y = 0; y < height; y++) {
    const count = load<i32>(rows);
    rows += 4;
    for (let x = 0; x < width; x += 4) v128.store(sums + 4 * x, f32x4.splat(0));
    for (let index = 0; index < count; index++, rows += 8) {
      weightedRow(from + load<i32>(rows) * fromWidth, row, width, columns);
      const weight = f32x4.splat(load<f32>(rows, 4));
      for (let x = 0; x < width; x += 4) {
        const sum = v128.load(sums + 4 * x);
        v128.store(sums + 4 * x, f32x4.add(sum, f32x4.mul(weight, v128.load(row + 4 * x))));
      }
    }
    for (let x = 0; x < width; x++) {
      store<u8>(to + y * width + x, <u8>min<i32>(255, <i32>nearest<f32>(load<f32>(sums + 4 * x))));
    }
  }
}

function weightedRow(from: usize, to: usize, width: i32, columns: usize): void {
  for (let x = 0; x < width; x++) {
    const count = load<i32>(columns);
    columns += 4;
    let sum: f32 = 0;
    for (let index = 0; index < count; index++, columns += 8) {
      sum += <f32>load<u8>(from + load<i32>(columns)) * load<f32>(columns, 4);
    }
    store<f32>(to + 4 * x, sum);
  }
}

/**
 * Linear interpolation in fixed point.
 *
 * @param columns for each column of the result the places of its two source columns and their weights of 11 bits, all i32
 * @param rows likewise
 * @param work room for `2 * width` int32
 */
export function interpolate(
  from: usize,
  to: usize,
  fromWidth: i32,
  width: i32,
  height: i32,
  columns: usize,
  rows: usize,
  work: usize,
): void {
  const upper = work;
  const lower = work + 4 * width;
  for (let y = 0; y < height; y++, rows += 16) {
    interpolatedRow(from + load<i32>(rows) * fromWidth, upper, width, columns);
    interpolatedRow(from + load<i32>(rows, 4) * fromWidth, lower, width, columns);
    const above = load<i32>(rows, 8);
    const below = load<i32>(rows, 12);
    for (let x = 0; x < width; x++) {
      const first = (above * (load<i32>(upper + 4 * x) >> 4)) >> 16;
      const second = (below * (load<i32>(lower + 4 * x) >> 4)) >> 16;
      store<u8>(to + y * width + x, (first + second + 2) >> 2);
    }
  }
}

function interpolatedRow(from: usize, to: usize, width: i32, columns: usize): void {
  for (let x = 0; x < width; x++, columns += 16) {
    const left = load<u8>(from + load<i32>(columns)) * load<i32>(columns, 8);
    const right = load<u8>(from + load<i32>(columns, 4)) * load<i32>(columns, 12);
    store<i32>(to + 4 * x, left + right);
  }
}
