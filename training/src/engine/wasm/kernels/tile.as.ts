import { multiplyAdd, storeLanes } from './simd.as';

/*
 * The inner loops of every product: rows of A times a panel of eight columns of B, packed so that the panel is read from
 * front to back. A row of A may lie in several segments, which is how a window of an NHWC map looks: one segment for
 * each row of the window, so that no copy of the windows is ever made.
 *
 * Each output value is a sum over k in one fixed order, in whichever tile it falls; results do not depend on how rows
 * are grouped.
 */

/** Four rows by eight columns: eight accumulators, which with two of B and one of A stay in sixteen registers. */
function tileOfFour(
  a: usize,
  rowStep: usize,
  segments: i32,
  segmentStep: usize,
  length: i32,
  panel: usize,
  c: usize,
  cStep: usize,
  bias: usize,
  relu: bool,
  width: i32,
): void {
  const start0 = bias ? v128.load(bias) : f32x4.splat(0);
  const start1 = bias ? v128.load(bias, 16) : f32x4.splat(0);
  let c00 = start0;
  let c01 = start1;
  let c10 = start0;
  let c11 = start1;
  let c20 = start0;
  let c21 = start1;
  let c30 = start0;
  let c31 = start1;
  let b = panel;
  for (let segment = 0; segment < segments; segment++) {
    let p0 = a;
    let p1 = a + rowStep;
    let p2 = p1 + rowStep;
    let p3 = p2 + rowStep;
    // Not unrolled: V8 then keeps all accumulators in registers, which it does not do for a longer loop.
    for (let k = length; k > 0; k--) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      let x = v128.load32_splat(p0);
      c00 = multiplyAdd(x, b0, c00);
      c01 = multiplyAdd(x, b1, c01);
      x = v128.load32_splat(p1);
      c10 = multiplyAdd(x, b0, c10);
      c11 = multiplyAdd(x, b1, c11);
      x = v128.load32_splat(p2);
      c20 = multiplyAdd(x, b0, c20);
      c21 = multiplyAdd(x, b1, c21);
      x = v128.load32_splat(p3);
      c30 = multiplyAdd(x, b0, c30);
      c31 = multiplyAdd(x, b1, c31);
      b += 32;
      p0 += 4;
      p1 += 4;
      p2 += 4;
      p3 += 4;
    }
    a += segmentStep;
  }
  storeRow(c, c00, c01, relu, width);
  storeRow(c + cStep, c10, c11, relu, width);
  storeRow(c + 2 * cStep, c20, c21, relu, width);
  storeRow(c + 3 * cStep, c30, c31, relu, width);
}

/** One row by eight columns, for what is left below four rows. */
function tileOfOne(
  a: usize,
  segments: i32,
  segmentStep: usize,
  length: i32,
  panel: usize,
  c: usize,
  bias: usize,
  relu: bool,
  width: i32,
): void {
  let c0 = bias ? v128.load(bias) : f32x4.splat(0);
  let c1 = bias ? v128.load(bias, 16) : f32x4.splat(0);
  let b = panel;
  for (let segment = 0; segment < segments; segment++) {
    let p = a;
    for (let k = 0; k < length; k++) {
      const x = v128.load32_splat(p);
      c0 = multiplyAdd(x, v128.load(b), c0);
      c1 = multiplyAdd(x, v128.load(b, 16), c1);
      b += 32;
      p += 4;
    }
    a += segmentStep;
  }
  storeRow(c, c0, c1, relu, width);
}

function storeRow(to: usize, low: v128, high: v128, relu: bool, width: i32): void {
  if (relu) {
    const zero = f32x4.splat(0);
    // pmax gives its first operand where one is not a number, so a value that is not a number is passed on.
    low = f32x4.pmax(low, zero);
    high = f32x4.pmax(high, zero);
  }
  if (width >= 8) {
    v128.store(to, low);
    v128.store(to, high, 16);
    return;
  }
  storeLanes(to, low, width);
  if (width > 4) storeLanes(to + 16, high, width - 4);
}

/**
 * `rows` rows of A times one panel: C[row, 0..width) = bias + A[row] * panel, and where `relu` is set at least 0.
 *
 * Steps are in bytes, `length` (of a segment) in values. Where rows are left below four, the last tile covers rows that
 * the one before it has already done, and writes the same values again.
 */
export function rowsByPanel(
  a: usize,
  rowStep: usize,
  rows: i32,
  segments: i32,
  segmentStep: usize,
  length: i32,
  panel: usize,
  c: usize,
  cStep: usize,
  bias: usize,
  relu: bool,
  width: i32,
): void {
  if (rows < 4) {
    for (let row = 0; row < rows; row++) {
      tileOfOne(a, segments, segmentStep, length, panel, c, bias, relu, width);
      a += rowStep;
      c += cStep;
    }
    return;
  }
  for (let row = 0; row < rows; row += 4) {
    const first: usize = min(row, rows - 4);
    tileOfFour(
      a + first * rowStep,
      rowStep,
      segments,
      segmentStep,
      length,
      panel,
      c + first * cStep,
      cStep,
      bias,
      relu,
      width,
    );
  }
}

/**
 * `rows` rows of A, each of `depth` values and right behind each other, times one panel, to rows of eight values. Rows
 * are done in fours: up to three rows beyond the last are read and written.
 */
export function multiplyPlane(a: usize, rowStep: usize, rows: i32, depth: i32, panel: usize, c: usize): void {
  const zero = f32x4.splat(0);
  for (let row = 0; row < rows; row += 4) {
    let p0 = a;
    let p1 = p0 + rowStep;
    let p2 = p1 + rowStep;
    let p3 = p2 + rowStep;
    a = p3 + rowStep;
    let b = panel;
    let c00 = zero;
    let c01 = zero;
    let c10 = zero;
    let c11 = zero;
    let c20 = zero;
    let c21 = zero;
    let c30 = zero;
    let c31 = zero;
    for (let k = depth; k > 0; k--) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      let x = v128.load32_splat(p0);
      c00 = multiplyAdd(x, b0, c00);
      c01 = multiplyAdd(x, b1, c01);
      x = v128.load32_splat(p1);
      c10 = multiplyAdd(x, b0, c10);
      c11 = multiplyAdd(x, b1, c11);
      x = v128.load32_splat(p2);
      c20 = multiplyAdd(x, b0, c20);
      c21 = multiplyAdd(x, b1, c21);
      x = v128.load32_splat(p3);
      c30 = multiplyAdd(x, b0, c30);
      c31 = multiplyAdd(x, b1, c31);
      b += 32;
      p0 += 4;
      p1 += 4;
      p2 += 4;
      p3 += 4;
    }
    v128.store(c, c00);
    v128.store(c, c01, 16);
    v128.store(c, c10, 32);
    v128.store(c, c11, 48);
    v128.store(c, c20, 64);
    v128.store(c, c21, 80);
    v128.store(c, c30, 96);
    v128.store(c, c31, 112);
    c += 128;
  }
}
