import { READER_NUMBERS } from '../numbers/index.js';
import type { Polarity } from './closing.js';
import { type Box, middle } from './geometry.js';
import type { Pyramid } from './pyramid.js';

/** The part of a frame that a picture around a candidate shows. */
export interface PictureAround {
  /** The candidate's ink, in pixels of the frame. */
  readonly box: Box;
  /** Side of the square around the middle of the box, in longer sides of the box. */
  readonly window: number;
  /** Side of the picture in pixels. */
  readonly side: number;
}

/**
 * The square of a frame around a candidate, as `side * side` levels of luma. Beyond the frame, its edge is repeated. The
 * sampling is bilinear, on the octave that has between one and two pixels for each pixel.
 */
export function pictureAround(pyramid: Pyramid, { box, window, side }: PictureAround): Float32Array {
  const span = window * Math.max(box.width, box.height);
  const scale = 2 ** Math.max(0, Math.floor(Math.log2(span / side)));
  const level = pyramid.level(scale);
  const { x, y } = middle(box);
  const columns = samplesAlong(x / scale, span / scale, side, level.width);
  const rows = samplesAlong(y / scale, span / scale, side, level.height);
  const values = new Float32Array(side * side);
  for (let v = 0; v < side; v++) {
    const [above, below] = [rows.first[v] * level.width, rows.second[v] * level.width];
    for (let u = 0; u < side; u++) {
      const [left, right, share] = [columns.first[u], columns.second[u], columns.share[u]];
      const upper = level.bytes[above + left] + share * (level.bytes[above + right] - level.bytes[above + left]);
      const lower = level.bytes[below + left] + share * (level.bytes[below + right] - level.bytes[below + left]);
      values[v * side + u] = upper + rows.share[v] * (lower - upper);
    }
  }
  return values;
}

/** For each place along an axis, the two pixels around it and the share of the second. */
interface AxisSamples {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly share: Float32Array;
}

function samplesAlong(middle: number, span: number, side: number, pixels: number): AxisSamples {
  const places = Float32Array.from({ length: side }, (_, at) => middle + ((at + 0.5) / side - 0.5) * span - 0.5);
  const inside = (pixel: number): number => Math.min(pixels - 1, Math.max(0, pixel));
  return {
    first: Int32Array.from(places, (place) => inside(Math.floor(place))),
    second: Int32Array.from(places, (place) => inside(Math.floor(place) + 1)),
    share: places.map((place) => place - Math.floor(place)),
  };
}

/**
 * A picture as bytes whose mean is the middle of the range and whose standard deviation is a fixed share of it, so that
 * exposure and contrast of the frame do not matter. Light ink becomes dark.
 */
export function normalizeLuma(values: Float32Array, polarity: Polarity): Uint8Array {
  let sum = 0;
  let squares = 0;
  for (let at = 0; at < values.length; at++) {
    sum += values[at];
    squares += values[at] * values[at];
  }
  const sign = polarity === 'light' ? -1 : 1;
  const mean = sum / values.length;
  const deviation = Math.sqrt(Math.max(0, squares / values.length - mean * mean));
  const gain =
    255 / (READER_NUMBERS.pictureDeviations.value * Math.max(READER_NUMBERS.pictureMinDeviation.value, deviation));
  // A Uint8ClampedArray rounds and clamps.
  const luma = new Uint8ClampedArray(values.length);
  for (let at = 0; at < values.length; at++) luma[at] = 127.5 + sign * gain * (values[at] - mean);
  return new Uint8Array(luma.buffer);
}
