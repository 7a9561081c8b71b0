/*
 * The transforms of F(2x2, 3x3): Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2016. Two by two
 * outputs of a 3x3 convolution come from sixteen products in place of thirty-six:
 *
 *   Y = A' [(G g G') * (B' d B)] A
 *
 * with g the 3x3 kernel, d the 4x4 inputs under it and * by element. Four channels go at a time. A transformed tile is
 * sixteen values (i, j), `plane` bytes apart.
 */

function add(a: v128, b: v128): v128 {
  return f32x4.add(a, b);
}

function sub(a: v128, b: v128): v128 {
  return f32x4.sub(a, b);
}

/** B' d B of the 4x4 pixels at `from`, for `bytes` of channels. */
export function transformInput(from: usize, row: usize, pixel: usize, to: usize, plane: usize, bytes: usize): void {
  const pixel2: usize = 2 * pixel;
  const pixel3: usize = 3 * pixel;
  for (let at: usize = 0; at < bytes; at += 16) {
    const p0 = from + at;
    const p1 = p0 + row;
    const p2 = p1 + row;
    const p3 = p2 + row;
    // B' d, column by column of d.
    let d1 = v128.load(p1);
    let d2 = v128.load(p2);
    const t00 = sub(v128.load(p0), d2);
    const t10 = add(d1, d2);
    const t20 = sub(d2, d1);
    const t30 = sub(d1, v128.load(p3));
    d1 = v128.load(p1 + pixel);
    d2 = v128.load(p2 + pixel);
    const t01 = sub(v128.load(p0 + pixel), d2);
    const t11 = add(d1, d2);
    const t21 = sub(d2, d1);
    const t31 = sub(d1, v128.load(p3 + pixel));
    d1 = v128.load(p1 + pixel2);
    d2 = v128.load(p2 + pixel2);
    const t02 = sub(v128.load(p0 + pixel2), d2);
    const t12 = add(d1, d2);
    const t22 = sub(d2, d1);
    const t32 = sub(d1, v128.load(p3 + pixel2));
    d1 = v128.load(p1 + pixel3);
    d2 = v128.load(p2 + pixel3);
    const t03 = sub(v128.load(p0 + pixel3), d2);
    const t13 = add(d1, d2);
    const t23 = sub(d2, d1);
    const t33 = sub(d1, v128.load(p3 + pixel3));
    let target = to + at;
    target = storeRow(target, plane, t00, t01, t02, t03);
    target = storeRow(target, plane, t10, t11, t12, t13);
    target = storeRow(target, plane, t20, t21, t22, t23);
    storeRow(target, plane, t30, t31, t32, t33);
  }
}

/** One row of (B' d) B. */
function storeRow(to: usize, plane: usize, t0: v128, t1: v128, t2: v128, t3: v128): usize {
  v128.store(to, sub(t0, t2));
  to += plane;
  v128.store(to, add(t1, t2));
  to += plane;
  v128.store(to, sub(t2, t1));
  to += plane;
  v128.store(to, sub(t1, t3));
  return to + plane;
}

/** A y A' of the 2x2 slopes at `from`: what the sixteen products' gradients are, for `bytes` of channels. */
export function transformSlopes(from: usize, row: usize, pixel: usize, to: usize, plane: usize, bytes: usize): void {
  const zero = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const p = from + at;
    const y00 = v128.load(p);
    const y01 = v128.load(p + pixel);
    const y10 = v128.load(p + row);
    const y11 = v128.load(p + row + pixel);
    let target = to + at;
    target = storeSlopeRow(target, plane, y00, y01);
    target = storeSlopeRow(target, plane, add(y00, y10), add(y01, y11));
    target = storeSlopeRow(target, plane, sub(y00, y10), sub(y01, y11));
    storeSlopeRow(target, plane, sub(zero, y10), sub(zero, y11));
  }
}

function storeSlopeRow(to: usize, plane: usize, y0: v128, y1: v128): usize {
  v128.store(to, y0);
  to += plane;
  v128.store(to, add(y0, y1));
  to += plane;
  v128.store(to, sub(y0, y1));
  to += plane;
  v128.store(to, sub(f32x4.splat(0), y1));
  return to + plane;
}

/**
 * A' m A of four channels of one tile of products, plus `bias`, to where the four outputs go; at least `floor`, which
 * is 0 for a ReLU.
 */
export function transformProducts(
  from: usize,
  plane: usize,
  bias: v128,
  floor: v128,
  to00: usize,
  to01: usize,
  to10: usize,
  to11: usize,
): void {
  const row: usize = 4 * plane;
  const plane2: usize = 2 * plane;
  const plane3: usize = 3 * plane;
  const p1 = from + row;
  const p2 = p1 + row;
  const p3 = p2 + row;
  let m1 = v128.load(p1);
  let m2 = v128.load(p2);
  const s0 = add(add(v128.load(from), m1), m2);
  const u0 = sub(sub(m1, m2), v128.load(p3));
  m1 = v128.load(p1 + plane);
  m2 = v128.load(p2 + plane);
  const s1 = add(add(v128.load(from + plane), m1), m2);
  const u1 = sub(sub(m1, m2), v128.load(p3 + plane));
  m1 = v128.load(p1 + plane2);
  m2 = v128.load(p2 + plane2);
  const s2 = add(add(v128.load(from + plane2), m1), m2);
  const u2 = sub(sub(m1, m2), v128.load(p3 + plane2));
  m1 = v128.load(p1 + plane3);
  m2 = v128.load(p2 + plane3);
  const s3 = add(add(v128.load(from + plane3), m1), m2);
  const u3 = sub(sub(m1, m2), v128.load(p3 + plane3));
  v128.store(to00, f32x4.pmax(add(add(add(s0, s1), s2), bias), floor));
  v128.store(to01, f32x4.pmax(add(sub(sub(s1, s2), s3), bias), floor));
  v128.store(to10, f32x4.pmax(add(add(add(u0, u1), u2), bias), floor));
  v128.store(to11, f32x4.pmax(add(sub(sub(u1, u2), u3), bias), floor));
}

/** G g G' of one filter of one channel; the nine taps lie `row` and `column` bytes apart (which may be negative). */
export function transformKernel(from: usize, row: usize, column: usize, to: usize, plane: usize): void {
  let a0: f32 = 0;
  let a1: f32 = 0;
  let a2: f32 = 0;
  for (let i = 0; i < 4; i++) {
    let p = from;
    a0 = kernelColumn(p, row, i);
    p += column;
    a1 = kernelColumn(p, row, i);
    p += column;
    a2 = kernelColumn(p, row, i);
    const sum = a0 + a2;
    store<f32>(to, a0);
    store<f32>(to + plane, <f32>0.5 * (sum + a1));
    store<f32>(to + 2 * plane, <f32>0.5 * (sum - a1));
    store<f32>(to + 3 * plane, a2);
    to += 4 * plane;
  }
}

/** Row `i` of G times one column of the kernel. */
function kernelColumn(from: usize, row: usize, i: i32): f32 {
  const g0 = load<f32>(from);
  const g1 = load<f32>(from + row);
  const g2 = load<f32>(from + 2 * row);
  if (i === 0) return g0;
  if (i === 1) return <f32>0.5 * (g0 + g2 + g1);
  if (i === 2) return <f32>0.5 * (g0 + g2 - g1);
  return g2;
}

/** G' u G of the sixteen values of four filters, added to their nine taps, `tap` bytes apart. */
export function addKernelTransform(from: usize, plane: usize, to: usize, tap: usize): void {
  const half = f32x4.splat(0.5);
  for (let j = 0; j < 3; j++) {
    // Column j of u G for each of the four rows of u.
    const c0 = slopeColumn(from, plane, j, half);
    const c1 = slopeColumn(from + 4 * plane, plane, j, half);
    const c2 = slopeColumn(from + 8 * plane, plane, j, half);
    const c3 = slopeColumn(from + 12 * plane, plane, j, half);
    const middle = f32x4.mul(half, add(c1, c2));
    const at = to + <usize>j * tap;
    v128.store(at, add(v128.load(at), add(c0, middle)));
    v128.store(at + 3 * tap, add(v128.load(at + 3 * tap), f32x4.mul(half, sub(c1, c2))));
    v128.store(at + 6 * tap, add(v128.load(at + 6 * tap), add(middle, c3)));
  }
}

function slopeColumn(row: usize, plane: usize, j: i32, half: v128): v128 {
  const u1 = v128.load(row + plane);
  const u2 = v128.load(row + 2 * plane);
  if (j === 0) return add(v128.load(row), f32x4.mul(half, add(u1, u2)));
  if (j === 1) return f32x4.mul(half, sub(u1, u2));
  return add(f32x4.mul(half, add(u1, u2)), v128.load(row + 3 * plane));
}
