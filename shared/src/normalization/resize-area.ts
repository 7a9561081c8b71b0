/** The input pixels that one output pixel is made of along one axis, with weights that sum to 1. */
interface Taps {
  readonly first: number;
  readonly weights: Float64Array;
}

/**
 * Resizes a part of a picture; along each axis by area averaging where it shrinks, by linear interpolation where it
 * grows, so that neither thin strokes are missed nor thick ones turned into blocks.
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
  for (let y = 0; y < part.height; y++) {
    const start = (part.y + y) * picture.width + part.x;
    for (let x = 0; x < width; x++) {
      const { first, weights } = columns[x];
      let sum = 0;
      for (let i = 0; i < weights.length; i++) sum += weights[i] * picture.data[start + first + i];
      narrowed[y * width + x] = sum;
    }
  }
  const result = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const { first, weights } = rows[y];
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let i = 0; i < weights.length; i++) sum += weights[i] * narrowed[(first + i) * width + x];
      result[y * width + x] = Math.round(sum);
    }
  }
  return result;
}

function tapsFor(from: number, to: number): Taps[] {
  return Array.from({ length: to }, (_, i) => (to <= from ? areaTaps(i, from, to) : linearTaps(i, from, to)));
}

/** Each input pixel weighs what part of it the output pixel covers. */
function areaTaps(index: number, from: number, to: number): Taps {
  const begin = (index * from) / to;
  const end = ((index + 1) * from) / to;
  const first = Math.floor(begin);
  const count = Math.min(from, Math.ceil(end)) - first;
  const weights = Float64Array.from({ length: count }, (_, i) => {
    const covered = Math.min(end, first + i + 1) - Math.max(begin, first + i);
    return covered / (end - begin);
  });
  return { first, weights };
}

/** The two input pixels whose centres lie around the output pixel's centre. */
function linearTaps(index: number, from: number, to: number): Taps {
  if (from === 1) return { first: 0, weights: Float64Array.of(1) };
  const centre = Math.min(from - 1, Math.max(0, ((index + 0.5) * from) / to - 0.5));
  const first = Math.min(Math.floor(centre), from - 2);
  const share = centre - first;
  return { first, weights: Float64Array.of(1 - share, share) };
}
