/**
 * For each row of `weights`, `start` of that row plus the sum of products with `row`: what one place of a convolution or
 * one input of a dense layer comes to. Exact in int32, as the numbers have at most 9 bits and the sums 31.
 *
 * @param sums receives one value for each row of weights
 */
export function rowProducts(row: Int16Array, weights: Int16Array, start: Int32Array, sums: Int32Array): void {
  const size = row.length;
  const rows = sums.length;
  let output = 0;
  // Four rows at a time, so that each value of `row` is loaded once for them.
  for (; output + 4 <= rows; output += 4) {
    const first = output * size;
    const second = first + size;
    const third = second + size;
    const fourth = third + size;
    let a = start[output];
    let b = start[output + 1];
    let c = start[output + 2];
    let d = start[output + 3];
    for (let index = 0; index < size; index++) {
      const value = row[index];
      a = (a + Math.imul(value, weights[first + index])) | 0;
      b = (b + Math.imul(value, weights[second + index])) | 0;
      c = (c + Math.imul(value, weights[third + index])) | 0;
      d = (d + Math.imul(value, weights[fourth + index])) | 0;
    }
    sums[output] = a;
    sums[output + 1] = b;
    sums[output + 2] = c;
    sums[output + 3] = d;
  }
  for (; output < rows; output++) {
    let sum = start[output];
    for (let index = 0; index < size; index++) sum = (sum + Math.imul(row[index], weights[output * size + index])) | 0;
    sums[output] = sum;
  }
}

/** 8-bit values less their zero point. */
export const centred = (values: Int8Array, zeroPoint: number): Int16Array =>
  Int16Array.from(values, (value) => value - zeroPoint);
