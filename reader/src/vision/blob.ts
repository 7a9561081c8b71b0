import type { Box } from './geometry.js';
import type { InkMap } from './ink-map.js';

/** The ink of one digit candidate as pixels of an ink map. */
export interface Blob {
  /** In pixels of the map. */
  readonly box: Box;
  /** `box.width * box.height` bytes; 1 where there is ink. */
  readonly mask: Uint8Array;
  /** Number of ink pixels. */
  readonly area: number;
  /** Sum of the map's contrast over the ink pixels. */
  readonly mass: number;
  /** Contrast between ink and paper, in levels of luma. */
  readonly contrast: number;
  /** Mean stroke width in pixels. */
  readonly strokeWidth: number;
}

/**
 * The ink dilated by the given steps.
 *
 * @param frame part of the map that holds the blob
 * @param steps offsets across and down
 * @returns `frame.width * frame.height` bytes, 1 for the pixels of the dilated ink
 */
export function inkAround({ box, mask }: Blob, frame: Box, steps: readonly (readonly [number, number])[]): Uint8Array {
  const found = new Uint8Array(frame.width * frame.height);
  for (let at = 0; at < mask.length; at++) {
    if (mask[at] === 0) continue;
    const column = (at % box.width) + box.x - frame.x;
    const row = Math.floor(at / box.width) + box.y - frame.y;
    for (let step = 0; step < steps.length; step++) {
      const x = column + steps[step][0];
      const y = row + steps[step][1];
      if (x >= 0 && y >= 0 && x < frame.width && y < frame.height) found[y * frame.width + x] = 1;
    }
  }
  return found;
}

/** @param pieces indices of the ink pixels in the map, at least one of them */
export function blobOf({ contrast: luma, width }: InkMap, pieces: readonly Int32Array[], contrast: number): Blob {
  let [left, top, right, bottom, area] = [Infinity, Infinity, 0, 0, 0];
  for (const pixels of pieces) {
    area += pixels.length;
    for (const at of pixels) {
      const [x, y] = [at % width, Math.floor(at / width)];
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y + 1);
    }
  }
  const box = { x: left, y: top, width: right - left, height: bottom - top };
  const mask = new Uint8Array(box.width * box.height);
  let [mass, touching] = [0, 0];
  for (const pixels of pieces) {
    for (const at of pixels) {
      mask[(Math.floor(at / width) - top) * box.width + (at % width) - left] = 1;
      mass += luma[at];
    }
  }
  for (let at = 0; at < mask.length; at++) {
    if (mask[at] === 0) continue;
    if (at % box.width > 0) touching += mask[at - 1];
    if (at >= box.width) touching += mask[at - box.width];
  }
  return { box, mask, area, mass, contrast, strokeWidth: strokeWidth(area, 4 * area - 2 * touching) };
}

/**
 * A long stroke has two sides, so its width is twice its area divided by its outline. Averaged over all directions, the
 * outline's length is pi/4 of its pixel edges (Cauchy-Crofton formula).
 */
const strokeWidth = (area: number, edges: number): number => (2 * area) / (edges * (Math.PI / 4));
