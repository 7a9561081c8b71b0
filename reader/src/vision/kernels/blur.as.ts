/**
 * A separable blur in fixed point, as OpenCV's GaussianBlur of bytes is defined: horizontally exact, then vertically
 * rounded half up.
 *
 * @param padded the picture with `side >> 1` more pixels on each side, and 16 bytes more
 * @param weights of `side` taps (u16) that add up to 256
 * @param work room for `(width + 8) * (height + side - 1)` u16
 */
export function blur(padded: usize, to: usize, width: i32, height: i32, weights: usize, side: i32, work: usize): void {
  const stride = width + side - 1;
  const step = 2 * ((width + 7) & ~7);
  const rows = height + side - 1;
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < width; x += 8) {
      let sum = i16x8.splat(0);
      for (let tap = 0; tap < side; tap++) {
        const weight = v128.load16_splat(weights + 2 * tap);
        sum = i16x8.add(sum, i16x8.mul(weight, v128.load8x8_u(padded + y * stride + x + tap)));
      }
      v128.store(work + y * step + 2 * x, sum);
    }
  }
  const half = i32x4.splat(1 << 15);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x += 8) {
      let low = half;
      let high = half;
      for (let tap = 0; tap < side; tap++) {
        const weight = v128.load16_splat(weights + 2 * tap);
        const values = v128.load(work + (y + tap) * step + 2 * x);
        low = i32x4.add(low, i32x4.extmul_low_i16x8_u(values, weight));
        high = i32x4.add(high, i32x4.extmul_high_i16x8_u(values, weight));
      }
      const words = i16x8.narrow_i32x4_u(i32x4.shr_u(low, 16), i32x4.shr_u(high, 16));
      storeBytes(to + y * width + x, i8x16.narrow_i16x8_u(words, words), width - x);
    }
  }
}

/** The first `count` of eight bytes; more stores all. */
function storeBytes(to: usize, bytes: v128, count: i32): void {
  if (count >= 8) {
    v128.store64_lane(to, bytes, 0);
    return;
  }
  let rest = i64x2.extract_lane(bytes, 0);
  for (let index = 0; index < count; index++) {
    store<u8>(to + index, <u8>rest);
    rest >>= 8;
  }
}
