/** a * b + c in each lane; one rounding where the build has fused multiply-add, two elsewhere. */
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** The first `lanes` lanes of `value` to memory; four or more stores all. */
export function storeLanes(to: usize, value: v128, lanes: i32): void {
  if (lanes >= 4) {
    v128.store(to, value);
    return;
  }
  if (lanes >= 1) store<f32>(to, f32x4.extract_lane(value, 0));
  if (lanes >= 2) store<f32>(to, f32x4.extract_lane(value, 1), 4);
  if (lanes >= 3) store<f32>(to, f32x4.extract_lane(value, 2), 8);
}

/** Adds four float32 to four float64 at `to`. */
export function addToDoubles(to: usize, value: v128): void {
  v128.store(to, f64x2.add(v128.load(to), f64x2.promote_low_f32x4(value)));
  const high = i8x16.shuffle(value, value, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15);
  v128.store(to, f64x2.add(v128.load(to, 16), f64x2.promote_low_f32x4(high)), 16);
}
