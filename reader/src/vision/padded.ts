import type { Picture } from './picture.js';

/**
 * A picture's bytes with `margin` more pixels on each side, mirrored at the middle of the edge's pixels (OpenCV's
 * BORDER_REFLECT_101).
 */
export function padded({ width, height, bytes }: Picture, margin: number): Uint8Array {
  const stride = width + 2 * margin;
  const result = new Uint8Array(stride * (height + 2 * margin));
  const columns = Array.from({ length: margin }, (_, at) => [
    mirrored(at - margin, width),
    mirrored(width + at, width),
  ]);
  for (let y = 0; y < height + 2 * margin; y++) {
    const from = mirrored(y - margin, height) * width;
    const to = y * stride;
    result.set(bytes.subarray(from, from + width), to + margin);
    for (let at = 0; at < margin; at++) {
      result[to + at] = bytes[from + columns[at][0]];
      result[to + margin + width + at] = bytes[from + columns[at][1]];
    }
  }
  return result;
}

function mirrored(at: number, size: number): number {
  if (size === 1) return 0;
  const period = 2 * (size - 1);
  const within = ((at % period) + period) % period;
  return Math.min(within, period - within);
}
