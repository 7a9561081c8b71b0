/** The two neighbours on either side and the middle of a Gaussian with a deviation of about 1.2 pixels. */
const KERNEL = [0.09, 0.24, 0.34, 0.24, 0.09];

/** Blurs a square picture slightly. The pixels at the border are repeated outside of it. */
export function smooth(values: Float32Array, side: number): Float32Array {
  const across = new Float32Array(values.length);
  for (let y = 0; y < side; y++) blurLine(values, across, y * side, 1, side);
  const result = new Float32Array(values.length);
  for (let x = 0; x < side; x++) blurLine(across, result, x, side, side);
  return result;
}

function blurLine(from: Float32Array, to: Float32Array, start: number, step: number, size: number): void {
  for (let place = 0; place < size; place++) {
    let sum = 0;
    for (let tap = -2; tap <= 2; tap++) {
      const other = Math.min(size - 1, Math.max(0, place + tap));
      sum += KERNEL[tap + 2] * from[start + other * step];
    }
    to[start + place * step] = sum;
  }
}
