import { multiplyAdd, storeLanes } from './simd.as';

/*
 * Gradients of kernels: G[k, column] += sum over pixels of input[pixel + offset k] * slope[pixel, column]. Four values
 * of k by eight columns are kept in registers while the pixels pass; `offsets` holds a byte offset for each k.
 */

function loadSum(from: usize, width: i32): v128 {
  // Lanes beyond the width hold what lies behind; they are never stored.
  return width > 0 ? v128.load(from) : f32x4.splat(0);
}

function sumOfFour(
  input: usize,
  rowStep: usize,
  columnStep: usize,
  offsets: usize,
  slopes: usize,
  slopeRow: usize,
  slopeColumn: usize,
  rows: i32,
  columns: i32,
  sums: usize,
  sumStep: usize,
  width: i32,
): void {
  const offset0: usize = load<u32>(offsets);
  const offset1: usize = load<u32>(offsets, 4);
  const offset2: usize = load<u32>(offsets, 8);
  const offset3: usize = load<u32>(offsets, 12);
  const sums1 = sums + sumStep;
  const sums2 = sums1 + sumStep;
  const sums3 = sums2 + sumStep;
  let c00 = v128.load(sums);
  let c01 = loadSum(sums + 16, width - 4);
  let c10 = v128.load(sums1);
  let c11 = loadSum(sums1 + 16, width - 4);
  let c20 = v128.load(sums2);
  let c21 = loadSum(sums2 + 16, width - 4);
  let c30 = v128.load(sums3);
  let c31 = loadSum(sums3 + 16, width - 4);
  for (let row = 0; row < rows; row++) {
    let p0 = input + offset0;
    let p1 = input + offset1;
    let p2 = input + offset2;
    let p3 = input + offset3;
    let slope = slopes;
    for (let column = 0; column < columns; column++) {
      const b0 = v128.load(slope);
      const b1 = v128.load(slope, 16);
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
      p0 += columnStep;
      p1 += columnStep;
      p2 += columnStep;
      p3 += columnStep;
      slope += slopeColumn;
    }
    input += rowStep;
    slopes += slopeRow;
  }
  storeSum(sums, c00, c01, width);
  storeSum(sums1, c10, c11, width);
  storeSum(sums2, c20, c21, width);
  storeSum(sums3, c30, c31, width);
}

/** The same for four values of k that lie side by side in the input: one pointer serves all four. */
function sumOfNeighbours(
  input: usize,
  rowStep: usize,
  columnStep: usize,
  slopes: usize,
  slopeRow: usize,
  slopeColumn: usize,
  rows: i32,
  columns: i32,
  sums: usize,
  sumStep: usize,
  width: i32,
): void {
  const sums1 = sums + sumStep;
  const sums2 = sums1 + sumStep;
  const sums3 = sums2 + sumStep;
  let c00 = v128.load(sums);
  let c01 = loadSum(sums + 16, width - 4);
  let c10 = v128.load(sums1);
  let c11 = loadSum(sums1 + 16, width - 4);
  let c20 = v128.load(sums2);
  let c21 = loadSum(sums2 + 16, width - 4);
  let c30 = v128.load(sums3);
  let c31 = loadSum(sums3 + 16, width - 4);
  for (let row = 0; row < rows; row++) {
    let p = input;
    let slope = slopes;
    for (let column = 0; column < columns; column++) {
      const b0 = v128.load(slope);
      const b1 = v128.load(slope, 16);
      let x = v128.load32_splat(p);
      c00 = multiplyAdd(x, b0, c00);
      c01 = multiplyAdd(x, b1, c01);
      x = v128.load32_splat(p, 4);
      c10 = multiplyAdd(x, b0, c10);
      c11 = multiplyAdd(x, b1, c11);
      x = v128.load32_splat(p, 8);
      c20 = multiplyAdd(x, b0, c20);
      c21 = multiplyAdd(x, b1, c21);
      x = v128.load32_splat(p, 12);
      c30 = multiplyAdd(x, b0, c30);
      c31 = multiplyAdd(x, b1, c31);
      p += columnStep;
      slope += slopeColumn;
    }
    input += rowStep;
    slopes += slopeRow;
  }
  storeSum(sums, c00, c01, width);
  storeSum(sums1, c10, c11, width);
  storeSum(sums2, c20, c21, width);
  storeSum(sums3, c30, c31, width);
}

function sumOfOne(
  input: usize,
  rowStep: usize,
  columnStep: usize,
  slopes: usize,
  slopeRow: usize,
  slopeColumn: usize,
  rows: i32,
  columns: i32,
  sums: usize,
  width: i32,
): void {
  let c0 = v128.load(sums);
  let c1 = loadSum(sums + 16, width - 4);
  for (let row = 0; row < rows; row++) {
    let p = input;
    let slope = slopes;
    for (let column = 0; column < columns; column++) {
      const x = v128.load32_splat(p);
      c0 = multiplyAdd(x, v128.load(slope), c0);
      c1 = multiplyAdd(x, v128.load(slope, 16), c1);
      p += columnStep;
      slope += slopeColumn;
    }
    input += rowStep;
    slopes += slopeRow;
  }
  storeSum(sums, c0, c1, width);
}

function storeSum(to: usize, low: v128, high: v128, width: i32): void {
  storeLanes(to, low, width);
  if (width > 4) storeLanes(to + 16, high, width - 4);
}

/** Adds one map's share to G[from..to, columns of the panel]. */
export function addShare(
  input: usize,
  rowStep: usize,
  columnStep: usize,
  offsets: usize,
  from: i32,
  to: i32,
  slopes: usize,
  slopeRow: usize,
  slopeColumn: usize,
  rows: i32,
  columns: i32,
  sums: usize,
  sumStep: usize,
  width: i32,
): void {
  let k = from;
  for (; k + 4 <= to; k += 4) {
    const places = offsets + <usize>k * 4;
    const sum = sums + <usize>k * sumStep;
    const origin: usize = load<u32>(places);
    if (<usize>load<u32>(places, 12) === origin + 12) {
      const from = input + origin;
      sumOfNeighbours(from, rowStep, columnStep, slopes, slopeRow, slopeColumn, rows, columns, sum, sumStep, width);
    } else {
      const from = input;
      sumOfFour(from, rowStep, columnStep, places, slopes, slopeRow, slopeColumn, rows, columns, sum, sumStep, width);
    }
  }
  for (; k < to; k++) {
    sumOfOne(
      input + load<u32>(offsets + <usize>k * 4),
      rowStep,
      columnStep,
      slopes,
      slopeRow,
      slopeColumn,
      rows,
      columns,
      sums + <usize>k * sumStep,
      width,
    );
  }
}
