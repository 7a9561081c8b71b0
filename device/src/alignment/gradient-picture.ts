import { READER_NUMBERS } from '@inkcast/reader/numbers';
import type { LumaFrame } from '@inkcast/reader/vision';

/** How luma changes from place to place, on a small picture of a frame: as a direction of up to length 1. */
export interface GradientPicture {
  readonly width: number;
  readonly height: number;
  /** Pixels of the frame a pixel of this picture. */
  readonly scale: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/**
 * A strong edge counts as much as one twice as strong, and what is flat counts nothing: so light that becomes stronger
 * or falls from elsewhere makes little difference.
 */
export function gradientsOf(frame: LumaFrame): GradientPicture {
  const scale = Math.max(1, Math.max(frame.width, frame.height) / READER_NUMBERS.alignmentLongSide.value);
  return softened(reduced(frame, scale), scale);
}

/** The same at half the size, of the same frame. */
export function halved({ width, height, scale, x, y }: GradientPicture): GradientPicture {
  const [columns, rows] = [width >> 1, height >> 1];
  const half = (values: Float32Array): Float32Array =>
    Float32Array.from({ length: columns * rows }, (_, at) => {
      const first = 2 * Math.floor(at / columns) * width + 2 * (at % columns);
      return (values[first] + values[first + 1] + values[first + width] + values[first + width + 1]) / 4;
    });
  return { width: columns, height: rows, scale: 2 * scale, x: half(x), y: half(y) };
}

interface Levels {
  readonly width: number;
  readonly height: number;
  readonly levels: Float32Array;
}

/** Means of the pixels that each pixel of the small picture covers. */
function reduced({ width, height, gray }: LumaFrame, scale: number): Levels {
  const [columns, rows] = [Math.max(1, Math.floor(width / scale)), Math.max(1, Math.floor(height / scale))];
  const sums = new Float32Array(columns * rows);
  const counts = new Uint32Array(columns * rows);
  for (let y = 0; y < height; y++) {
    const row = Math.min(rows - 1, Math.floor(y / scale)) * columns;
    for (let x = 0; x < width; x++) {
      const at = row + Math.min(columns - 1, Math.floor(x / scale));
      sums[at] += gray[y * width + x];
      counts[at]++;
    }
  }
  return { width: columns, height: rows, levels: sums.map((sum, at) => sum / counts[at]) };
}

function softened({ width, height, levels }: Levels, scale: number): GradientPicture {
  const [x, y] = [new Float32Array(width * height), new Float32Array(width * height)];
  let sum = 0;
  for (let row = 1; row < height - 1; row++) {
    for (let column = 1; column < width - 1; column++) {
      const at = row * width + column;
      x[at] = (levels[at + 1] - levels[at - 1]) / 2;
      y[at] = (levels[at + width] - levels[at - width]) / 2;
      sum += Math.hypot(x[at], y[at]);
    }
  }
  // Never below what rounding and noise make of a flat surface.
  const usual = Math.max(1, (2 * sum) / (width * height));
  for (let at = 0; at < x.length; at++) {
    const length = Math.hypot(x[at], y[at]) + usual;
    x[at] /= length;
    y[at] /= length;
  }
  return { width, height, scale, x, y };
}
