/** A square of a frame, in pixels of the frame; it may reach beyond it. */
export interface Square {
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

interface Luma {
  readonly width: number;
  readonly height: number;
  readonly gray: Uint8Array;
}

/**
 * A square of a frame, scaled to `size` x `size` values from 0 to 1: area interpolation if it shrinks, linear interpolation
 * if it grows. Beyond the frame, its edge is repeated.
 */
export function cutSquare(frame: Luma, { left, top, side }: Square, size: number): Float32Array {
  const columns = sampleAxis(left, side, frame.width, size);
  const rows = sampleAxis(top, side, frame.height, size);
  const narrow = new Float32Array((rows.last - rows.first + 1) * size);
  for (let y = rows.first; y <= rows.last; y++) {
    const source = y * frame.width;
    const target = (y - rows.first) * size;
    for (let u = 0; u < size; u++) {
      let sum = 0;
      for (let k = columns.starts[u]; k < columns.starts[u + 1]; k++) {
        sum += columns.weights[k] * frame.gray[source + columns.places[k]];
      }
      narrow[target + u] = sum;
    }
  }
  const cut = new Float32Array(size * size);
  for (let v = 0; v < size; v++) {
    for (let k = rows.starts[v]; k < rows.starts[v + 1]; k++) {
      const source = (rows.places[k] - rows.first) * size;
      const weight = rows.weights[k] / 255;
      for (let u = 0; u < size; u++) cut[v * size + u] += weight * narrow[source + u];
    }
  }
  return cut;
}

/** For each place along an axis, the source pixels and their weights, whose sum is 1. */
interface AxisSamples {
  readonly starts: readonly number[];
  readonly places: readonly number[];
  readonly weights: readonly number[];
  readonly first: number;
  readonly last: number;
}

function sampleAxis(start: number, length: number, pixels: number, size: number): AxisSamples {
  const step = length / size;
  const starts = [0];
  const places: number[] = [];
  const weights: number[] = [];
  for (let at = 0; at < size; at++) {
    const middle = start + (at + 0.5) * step;
    // Shorter than a pixel, a span of one pixel around its middle weighs the two nearest by their distance.
    const half = Math.max(0.5, step / 2);
    for (let pixel = Math.floor(middle - half); pixel < middle + half; pixel++) {
      const share = Math.min(middle + half, pixel + 1) - Math.max(middle - half, pixel);
      if (share <= 1e-6) continue;
      places.push(Math.min(pixels - 1, Math.max(0, pixel)));
      weights.push(share / (2 * half));
    }
    starts.push(places.length);
  }
  const first = places.reduce((least, place) => Math.min(least, place), pixels - 1);
  const last = places.reduce((most, place) => Math.max(most, place), 0);
  return { starts, places, weights, first, last };
}
