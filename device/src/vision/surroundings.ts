import type { Blob } from './blob.js';
import { type Box, grow } from './geometry.js';
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
/** Pixels along each axis at which surroundings are sampled, so that a large blob costs no more than a small one. */
const SAMPLES = 26;

export function lookAround(map: InkMap, blob: Blob): Surroundings {
  const { box } = blob;
  const longer = Math.max(box.width, box.height);
  const near = grow(box, Math.max(2, Math.round(MARGIN * longer)), map.width, map.height);
  const softEdge = Math.max(1, Math.round(Math.min(3, blob.strokeWidth / 3)));
  const inkLuma = new Uint32Array(256);
  const otherLuma = new Uint32Array(256);
  sample(map, near, (luma, x, y) => {
    if (hasInk(blob, x, y)) inkLuma[luma]++;
    else if (!isNearInk(blob, x, y, softEdge)) otherLuma[luma]++;
  });
  // The blob's own ink is among the wider surroundings: it is too little to move the median.
  const wideLuma = new Uint32Array(256);
  sample(map, grow(box, Math.max(4, Math.round(WIDE_MARGIN * longer)), map.width, map.height), (luma) => {
    wideLuma[luma]++;
  });
  const ink = median(inkLuma);
  const paper = median(wideLuma);
  const sign = map.polarity === 'dark' ? 1 : -1;
  return {
    standsOut: sign * (paper - ink),
    paper: shareCloserTo(otherLuma, paper, ink),
    atEdge: box.x <= 1 || box.y <= 1 || box.x + box.width >= map.width - 1 || box.y + box.height >= map.height - 1,
  };
}

/** Visits pixels on an even grid within `frame`. */
function sample(map: InkMap, frame: Box, visit: (luma: number, x: number, y: number) => void): void {
  const stepX = Math.max(1, Math.floor(frame.width / SAMPLES));
  const stepY = Math.max(1, Math.floor(frame.height / SAMPLES));
  for (let y = frame.y; y < frame.y + frame.height; y += stepY) {
    for (let x = frame.x; x < frame.x + frame.width; x += stepX) visit(map.gray[y * map.width + x], x, y);
  }
}

function hasInk({ box, mask }: Blob, x: number, y: number): boolean {
  const column = x - box.x;
  const row = y - box.y;
  return column >= 0 && row >= 0 && column < box.width && row < box.height && mask[row * box.width + column] !== 0;
}

/** Whether ink lies about `radius` pixels away: the pixel then belongs to the stroke's soft edge. */
function isNearInk(blob: Blob, x: number, y: number, radius: number): boolean {
  for (let dy = -radius; dy <= radius; dy += radius) {
    for (let dx = -radius; dx <= radius; dx += radius) if (hasInk(blob, x + dx, y + dy)) return true;
  }
  return false;
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
