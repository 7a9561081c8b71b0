import type { Box } from './geometry.js';

/** Counts each value among the pixels of a box. @param width of the row-major picture in `bytes` */
export function histogramWithin(bytes: Uint8Array, width: number, box: Box): Uint32Array {
  const counts = new Uint32Array(256);
  for (let y = box.y; y < box.y + box.height; y++) {
    for (let at = y * width + box.x; at < y * width + box.x + box.width; at++) counts[bytes[at]]++;
  }
  return counts;
}
