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

/** Margin around the box in which other ink counts, against the box's longer side. */
const MARGIN = 0.15;
/** Margin of the wider surroundings, whose median luma is the paper's: most of what lies around a digit is paper. */
const WIDE_MARGIN = 0.6;
/** Pixels along each axis at which the wider surroundings are sampled. */
const SAMPLES = 40;

export function lookAround(map: InkMap, blob: Blob): Surroundings {
  const { box } = blob;
  const margin = Math.max(2, Math.round(MARGIN * Math.max(box.width, box.height)));
  const frame = grow(box, margin, map.width, map.height);
  const near = dilatedMask(blob, frame, Math.max(1, Math.round(Math.min(3, blob.strokeWidth / 3))));
  const inkLuma = new Uint32Array(256);
  const otherLuma = new Uint32Array(256);
  for (let row = 0; row < frame.height; row++) {
    for (let column = 0; column < frame.width; column++) {
      const luma = map.gray[(frame.y + row) * map.width + frame.x + column];
      const kind = near[row * frame.width + column];
      if (kind === INK) inkLuma[luma]++;
      else if (kind === AWAY) otherLuma[luma]++;
    }
  }
  const ink = median(inkLuma);
  const paper = median(wideLuma(map, blob));
  const sign = map.polarity === 'dark' ? 1 : -1;
  return {
    standsOut: sign * (paper - ink),
    paper: shareCloserTo(otherLuma, paper, ink),
    atEdge: box.x <= 1 || box.y <= 1 || box.x + box.width >= map.width - 1 || box.y + box.height >= map.height - 1,
  };
}

/** Luma of the wider surroundings, the blob's own ink among them: it is too little to move the median. */
function wideLuma(map: InkMap, { box }: Blob): Uint32Array {
  const margin = Math.max(4, Math.round(WIDE_MARGIN * Math.max(box.width, box.height)));
  const frame = grow(box, margin, map.width, map.height);
  const stepX = Math.max(1, Math.floor(frame.width / SAMPLES));
  const stepY = Math.max(1, Math.floor(frame.height / SAMPLES));
  const counts = new Uint32Array(256);
  for (let y = frame.y; y < frame.y + frame.height; y += stepY) {
    for (let x = frame.x; x < frame.x + frame.width; x += stepX) counts[map.gray[y * map.width + x]]++;
  }
  return counts;
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
