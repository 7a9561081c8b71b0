/** The input pixels that make each output pixel along one axis, with weights that sum to 1. */
interface Taps {
  /** The first input pixel of each output pixel. */
  readonly firsts: Int32Array;
  /** Where each output pixel's weights begin, with the end of the last ones as a last entry. */
  readonly starts: Int32Array;
  readonly weights: Float64Array;
}

/**
 * Resizes a part of a picture. Each axis uses area averaging if it shrinks, so that thin strokes are not lost, and
 * linear interpolation if it grows, so that thick strokes do not turn into blocks.
 *
 * @param picture row-major bytes and their row length
 * @param part the rectangle to resize, inside the picture, in pixels
 * @param width width of the result in pixels
 * @param height height of the result in pixels
 * @returns `width * height` bytes, row-major, rounded to nearest
 */
export function resizeArea(
  picture: { readonly width: number; readonly data: Uint8Array },
  part: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  width: number,
  height: number,
): Uint8Array {
  const columns = tapsFor(part.width, width);
  const rows = tapsFor(part.height, height);
  const narrowed = new Float64Array(part.height * width);
  const { data } = picture;
  for (let y = 0, to = 0; y < part.height; y++) {
    const start = (part.y + y) * picture.width + part.x;
    for (let x = 0; x < width; x++, to++) {
      const end = columns.starts[x + 1];
      let sum = 0;
      for (let tap = columns.starts[x], at = start + columns.firsts[x]; tap < end; tap++, at++) {
        sum += columns.weights[tap] * data[at];
      }
      narrowed[to] = sum;
    }
  }
  const result = new Uint8Array(width * height);
  for (let y = 0, to = 0; y < height; y++) {
    const end = rows.starts[y + 1];
    for (let x = 0; x < width; x++, to++) {
      let sum = 0;
      for (let tap = rows.starts[y], at = rows.firsts[y] * width + x; tap < end; tap++, at += width) {
        sum += rows.weights[tap] * narrowed[at];
      }
      result[to] = Math.round(sum);
    }
  }
  return result;
}

function tapsFor(from: number, to: number): Taps {
  return to <= from ? areaTaps(from, to) : linearTaps(from, to);
}

/** The weight of an input pixel is the share of the output pixel that it covers. */
function areaTaps(from: number, to: number): Taps {
  const firsts = new Int32Array(to);
  const starts = new Int32Array(to + 1);
  // Neighbouring output pixels share at most one input pixel, and rounding may add one at either end.
  const weights = new Float64Array(from + 3 * to);
  let tap = 0;
  for (let index = 0; index < to; index++) {
    const begin = (index * from) / to;
    const end = ((index + 1) * from) / to;
    const first = Math.floor(begin);
    const last = Math.min(from, Math.ceil(end));
    firsts[index] = first;
    for (let at = first; at < last; at++) {
      weights[tap++] = (Math.min(end, at + 1) - Math.max(begin, at)) / (end - begin);
    }
    starts[index + 1] = tap;
  }
  return { firsts, starts, weights };
}

/** The two input pixels whose centres surround the output pixel's centre. */
function linearTaps(from: number, to: number): Taps {
  const firsts = new Int32Array(to);
  const taps = from === 1 ? 1 : 2;
  const weights = new Float64Array(taps * to);
  for (let index = 0; index < to; index++) {
    const centre = Math.min(from - 1, Math.max(0, ((index + 0.5) * from) / to - 0.5));
    const first = Math.max(0, Math.min(Math.floor(centre), from - 2));
    firsts[index] = first;
    weights[taps * index] = from === 1 ? 1 : 1 - (centre - first);
    if (from > 1) weights[2 * index + 1] = centre - first;
  }
  return { firsts, starts: Int32Array.from({ length: to + 1 }, (_, index) => taps * index), weights };
}
