import type { Blob } from './blob.js';
import { grow } from './geometry.js';
import type { InkMap } from './ink-map.js';

/** What lies around a piece of ink: handwriting stands on paper, texture stands in more texture. */
export interface Surroundings {
  /** Luma of the ink less that of what surrounds it, its sign turned so that real ink is positive. */
  readonly standsOut: number;
  /** Share of the pixels in and around the box, the ink and its soft edge left out, that look like paper. */
  readonly paper: number;
  /** Whether the box touches the frame's edge. */
  readonly atEdge: boolean;
}

/** Margin around the box that is looked at, against the box's longer side. */
const MARGIN = 0.15;

export function lookAround(map: InkMap, blob: Blob): Surroundings {
  const { box } = blob;
  const margin = Math.max(2, Math.round(MARGIN * Math.max(box.width, box.height)));
  const frame = grow(box, margin, map.width, map.height);
  const near = dilatedMask(blob, frame, Math.max(1, Math.round(Math.min(3, blob.strokeWidth / 3))));
  const inkLuma = new Uint32Array(256);
  const otherLuma = new Uint32Array(256);
  const rimLuma = new Uint32Array(256);
  for (let row = 0; row < frame.height; row++) {
    for (let column = 0; column < frame.width; column++) {
      const luma = map.gray[(frame.y + row) * map.width + frame.x + column];
      const kind = near[row * frame.width + column];
      if (kind === INK) inkLuma[luma]++;
      if (kind !== AWAY) continue;
      otherLuma[luma]++;
      const onRim = row < 2 || column < 2 || row >= frame.height - 2 || column >= frame.width - 2;
      if (onRim) rimLuma[luma]++;
    }
  }
  const ink = median(inkLuma);
  const paper = median(rimLuma);
  const sign = map.polarity === 'dark' ? 1 : -1;
  return {
    standsOut: sign * (paper - ink),
    paper: shareCloserTo(otherLuma, paper, ink),
    atEdge: box.x <= 1 || box.y <= 1 || box.x + box.width >= map.width - 1 || box.y + box.height >= map.height - 1,
  };
}

const AWAY = 0;
const EDGE = 1;
const INK = 2;

/** For each pixel of `frame`: ink, the soft edge within `radius` pixels of it, or away from it. */
function dilatedMask(blob: Blob, frame: { x: number; y: number; width: number; height: number }, radius: number) {
  const kinds = new Uint8Array(frame.width * frame.height);
  const { box, mask } = blob;
  for (let y = 0; y < box.height; y++) {
    for (let x = 0; x < box.width; x++) {
      if (mask[y * box.width + x] === 0) continue;
      const cx = box.x - frame.x + x;
      const cy = box.y - frame.y + y;
      for (let ny = Math.max(0, cy - radius); ny <= Math.min(frame.height - 1, cy + radius); ny++) {
        for (let nx = Math.max(0, cx - radius); nx <= Math.min(frame.width - 1, cx + radius); nx++) {
          const at = ny * frame.width + nx;
          if (kinds[at] === AWAY) kinds[at] = EDGE;
        }
      }
      kinds[cy * frame.width + cx] = INK;
    }
  }
  return kinds;
}

function median(counts: Uint32Array): number {
  const half = counts.reduce((sum, count) => sum + count, 0) / 2;
  let seen = 0;
  for (let value = 0; value < counts.length; value++) {
    seen += counts[value];
    if (seen > half) return value;
  }
  return 0;
}

/** Share of the counted pixels whose luma is closer to `near` than to `far`; 1 where nothing was counted. */
function shareCloserTo(counts: Uint32Array, near: number, far: number): number {
  let total = 0;
  let closer = 0;
  counts.forEach((count, luma) => {
    total += count;
    if (Math.abs(luma - near) < Math.abs(luma - far)) closer += count;
  });
  return total === 0 ? 1 : closer / total;
}
