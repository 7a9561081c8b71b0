import { multiplyAdd } from './simd.as';

/**
 * One filter a channel, over maps that already hold their padding: output[p, c] = bias[c] + sum over taps t of
 * input[p + t, c] * kernel[t, c].
 *
 * @param turned takes the taps from last to first, as the input gradient needs them
 */
export function convolveDepthwise(
  images: i32,
  input: usize,
  output: usize,
  kernel: usize,
  bias: usize,
  channels: i32,
  rows: i32,
  columns: i32,
  imageStep: usize,
  rowStep: usize,
  columnStep: usize,
  taps: i32,
  tapColumns: i32,
  tapStep: usize,
  turned: bool,
): void {
  const pixel = <usize>channels * 4;
  const whole = pixel & ~15;
  const last = <usize>(taps * tapColumns - 1) * pixel;
  const first = turned ? kernel + last : kernel;
  const weightStep: usize = turned ? 0 - pixel : pixel;
  for (let image = 0; image < images; image++) {
    let row = input;
    for (let y = 0; y < rows; y++) {
      let from = row;
      let x = 0;
      for (; x + 4 <= columns; x += 4) {
        for (let at: usize = 0; at < whole; at += 16) {
          const start = bias ? v128.load(bias + at) : f32x4.splat(0);
          let c0 = start;
          let c1 = start;
          let c2 = start;
          let c3 = start;
          let weight = first + at;
          let tapRow = from + at;
          for (let tap = 0; tap < taps; tap++) {
            let p = tapRow;
            for (let column = 0; column < tapColumns; column++) {
              const w = v128.load(weight);
              let q = p;
              c0 = multiplyAdd(v128.load(q), w, c0);
              q += columnStep;
              c1 = multiplyAdd(v128.load(q), w, c1);
              q += columnStep;
              c2 = multiplyAdd(v128.load(q), w, c2);
              q += columnStep;
              c3 = multiplyAdd(v128.load(q), w, c3);
              weight += weightStep;
              p += pixel;
            }
            tapRow += tapStep;
          }
          let to = output + at;
          v128.store(to, c0);
          to += pixel;
          v128.store(to, c1);
          to += pixel;
          v128.store(to, c2);
          to += pixel;
          v128.store(to, c3);
        }
        for (let step: usize = 0; step < 4; step++) {
          const to = output + step * pixel;
          const origin = from + step * columnStep;
          onePixel(origin, to, whole, pixel, first, weightStep, bias, taps, tapColumns, tapStep);
        }
        from += 4 * columnStep;
        output += 4 * pixel;
      }
      for (; x < columns; x++) {
        onePixel(from, output, 0, pixel, first, weightStep, bias, taps, tapColumns, tapStep);
        from += columnStep;
        output += pixel;
      }
      row += rowStep;
    }
    input += imageStep;
  }
}

/** One output pixel, the channels from byte `at` on. */
function onePixel(
  from: usize,
  to: usize,
  at: usize,
  pixel: usize,
  first: usize,
  weightStep: usize,
  bias: usize,
  taps: i32,
  tapColumns: i32,
  tapStep: usize,
): void {
  for (; at + 16 <= pixel; at += 16) {
    let sum = bias ? v128.load(bias + at) : f32x4.splat(0);
    let weight = first + at;
    let tapRow = from + at;
    for (let tap = 0; tap < taps; tap++) {
      let p = tapRow;
      for (let column = 0; column < tapColumns; column++) {
        sum = multiplyAdd(v128.load(p), v128.load(weight), sum);
        weight += weightStep;
        p += pixel;
      }
      tapRow += tapStep;
    }
    v128.store(to + at, sum);
  }
  for (; at < pixel; at += 4) {
    let sum: f32 = bias ? load<f32>(bias + at) : 0;
    let weight = first + at;
    let tapRow = from + at;
    for (let tap = 0; tap < taps; tap++) {
      let p = tapRow;
      for (let column = 0; column < tapColumns; column++) {
        sum += load<f32>(p) * load<f32>(weight);
        weight += weightStep;
        p += pixel;
      }
      tapRow += tapStep;
    }
    store<f32>(to + at, sum);
  }
}

/** Adds a shard's share to the kernel gradient: gradient[t, c] += sum over pixels of input[p + t, c] * slope[p, c]. */
export function addDepthwiseGradient(
  images: i32,
  input: usize,
  slopes: usize,
  gradient: usize,
  channels: i32,
  rows: i32,
  columns: i32,
  imageStep: usize,
  rowStep: usize,
  columnStep: usize,
  taps: i32,
  tapColumns: i32,
  tapStep: usize,
): void {
  const pixel = <usize>channels * 4;
  const slopeImage = <usize>(rows * columns) * pixel;
  for (let image = 0; image < images; image++) {
    for (let tap = 0; tap < taps; tap++) {
      const origin = input + <usize>tap * tapStep;
      let column = 0;
      for (; column + 5 <= tapColumns; column += 5) {
        const sums = gradient + <usize>(tap * tapColumns + column) * pixel;
        const from = origin + <usize>column * pixel;
        sumFiveTaps(from, slopes, sums, pixel, rows, columns, rowStep, columnStep);
      }
      for (; column + 3 <= tapColumns; column += 3) {
        const sums = gradient + <usize>(tap * tapColumns + column) * pixel;
        const from = origin + <usize>column * pixel;
        sumThreeTaps(from, slopes, sums, pixel, rows, columns, rowStep, columnStep);
      }
      for (; column < tapColumns; column++) {
        const sums = gradient + <usize>(tap * tapColumns + column) * pixel;
        sumOneTap(origin + <usize>column * pixel, slopes, sums, 0, pixel, rows, columns, rowStep, columnStep);
      }
    }
    input += imageStep;
    slopes += slopeImage;
  }
}

/** Five neighbouring taps at once: they share the slopes, and their sums do not wait for each other. */
function sumFiveTaps(
  from: usize,
  slopes: usize,
  sums: usize,
  pixel: usize,
  rows: i32,
  columns: i32,
  rowStep: usize,
  columnStep: usize,
): void {
  const whole = pixel & ~15;
  for (let at: usize = 0; at < whole; at += 16) {
    const to = sums + at;
    let c0 = v128.load(to);
    let c1 = v128.load(to + pixel);
    let c2 = v128.load(to + 2 * pixel);
    let c3 = v128.load(to + 3 * pixel);
    let c4 = v128.load(to + 4 * pixel);
    let row = from + at;
    let slope = slopes + at;
    for (let y = 0; y < rows; y++) {
      let p = row;
      for (let x = 0; x < columns; x++) {
        const s = v128.load(slope);
        let q = p;
        c0 = multiplyAdd(v128.load(q), s, c0);
        q += pixel;
        c1 = multiplyAdd(v128.load(q), s, c1);
        q += pixel;
        c2 = multiplyAdd(v128.load(q), s, c2);
        q += pixel;
        c3 = multiplyAdd(v128.load(q), s, c3);
        q += pixel;
        c4 = multiplyAdd(v128.load(q), s, c4);
        p += columnStep;
        slope += pixel;
      }
      row += rowStep;
    }
    v128.store(to, c0);
    v128.store(to + pixel, c1);
    v128.store(to + 2 * pixel, c2);
    v128.store(to + 3 * pixel, c3);
    v128.store(to + 4 * pixel, c4);
  }
  for (let tap: usize = 0; tap < 5; tap++) {
    const shift = tap * pixel;
    sumOneTap(from + shift, slopes, sums + shift, whole, pixel, rows, columns, rowStep, columnStep);
  }
}

/** Three neighbouring taps at once: they share the slopes. */
function sumThreeTaps(
  from: usize,
  slopes: usize,
  sums: usize,
  pixel: usize,
  rows: i32,
  columns: i32,
  rowStep: usize,
  columnStep: usize,
): void {
  const whole = pixel & ~15;
  for (let at: usize = 0; at < whole; at += 16) {
    const to = sums + at;
    let c0 = v128.load(to);
    let c1 = v128.load(to + pixel);
    let c2 = v128.load(to + 2 * pixel);
    let row = from + at;
    let slope = slopes + at;
    for (let y = 0; y < rows; y++) {
      let p = row;
      for (let x = 0; x < columns; x++) {
        const s = v128.load(slope);
        c0 = multiplyAdd(v128.load(p), s, c0);
        c1 = multiplyAdd(v128.load(p + pixel), s, c1);
        c2 = multiplyAdd(v128.load(p + 2 * pixel), s, c2);
        p += columnStep;
        slope += pixel;
      }
      row += rowStep;
    }
    v128.store(to, c0);
    v128.store(to + pixel, c1);
    v128.store(to + 2 * pixel, c2);
  }
  for (let tap: usize = 0; tap < 3; tap++) {
    const shift = tap * pixel;
    sumOneTap(from + shift, slopes, sums + shift, whole, pixel, rows, columns, rowStep, columnStep);
  }
}

/** One tap, the channels from byte `at` on. */
function sumOneTap(
  from: usize,
  slopes: usize,
  sums: usize,
  at: usize,
  pixel: usize,
  rows: i32,
  columns: i32,
  rowStep: usize,
  columnStep: usize,
): void {
  for (; at + 16 <= pixel; at += 16) {
    let sum = v128.load(sums + at);
    let row = from + at;
    let slope = slopes + at;
    for (let y = 0; y < rows; y++) {
      let p = row;
      for (let x = 0; x < columns; x++) {
        sum = multiplyAdd(v128.load(p), v128.load(slope), sum);
        p += columnStep;
        slope += pixel;
      }
      row += rowStep;
    }
    v128.store(sums + at, sum);
  }
  for (; at < pixel; at += 4) {
    let sum = load<f32>(sums + at);
    let row = from + at;
    let slope = slopes + at;
    for (let y = 0; y < rows; y++) {
      let p = row;
      for (let x = 0; x < columns; x++) {
        sum += load<f32>(p) * load<f32>(slope);
        p += columnStep;
        slope += pixel;
      }
      row += rowStep;
    }
    store<f32>(sums + at, sum);
  }
}
