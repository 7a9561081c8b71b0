import type { Box } from './geometry.js';

/** A piece of ink: the pixels that belong to it, in pixels of the ink map that it was found in. */
export interface Blob {
  readonly box: Box;
  /** `box.width * box.height` bytes, 1 where there is ink. */
  readonly mask: Uint8Array;
  /** Number of ink pixels. */
  readonly area: number;
  /** How far the ink stands out from the paper, in levels of luma. */
  readonly contrast: number;
  /** Mean width of its strokes in pixels. */
  readonly strokeWidth: number;
}

/**
 * Makes a blob of a mask: its box, cut to the ink, and its figures.
 *
 * @param frame where the mask lies, and its size
 * @param mask 1 where there is ink
 */
export function makeBlob(frame: Box, mask: Uint8Array, contrast: number): Blob | undefined {
  const { width, height } = frame;
  let left = width;
  let right = -1;
  let top = height;
  let bottom = -1;
  let area = 0;
  let edges = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (mask[at] === 0) continue;
      area++;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
      if (x === 0 || mask[at - 1] === 0) edges++;
      if (x === width - 1 || mask[at + 1] === 0) edges++;
      if (y === 0 || mask[at - width] === 0) edges++;
      if (y === height - 1 || mask[at + width] === 0) edges++;
    }
  }
  if (area === 0) return undefined;
  const box = { x: frame.x + left, y: frame.y + top, width: right - left + 1, height: bottom - top + 1 };
  const cut = new Uint8Array(box.width * box.height);
  for (let y = 0; y < box.height; y++) {
    const start = (top + y) * width + left;
    cut.set(mask.subarray(start, start + box.width), y * box.width);
  }
  return { box, mask: cut, area, contrast, strokeWidth: strokeWidth(area, edges) };
}

/**
 * A long stroke has two sides, so its width is twice its area over its outline. The outline's length is pi/4 of its
 * pixel edges on average over all directions (Cauchy-Crofton formula).
 */
function strokeWidth(area: number, edges: number): number {
  return (2 * area) / (edges * (Math.PI / 4));
}

/** One blob of several, the mean of their contrasts weighed by area. */
export function joinBlobs(blobs: readonly Blob[], box: Box): Blob | undefined {
  const mask = new Uint8Array(box.width * box.height);
  let area = 0;
  let weighed = 0;
  for (const blob of blobs) {
    area += blob.area;
    weighed += blob.area * blob.contrast;
    for (let y = 0; y < blob.box.height; y++) {
      const target = (blob.box.y - box.y + y) * box.width + blob.box.x - box.x;
      for (let x = 0; x < blob.box.width; x++) {
        if (blob.mask[y * blob.box.width + x] !== 0) mask[target + x] = 1;
      }
    }
  }
  return makeBlob(box, mask, weighed / area);
}
