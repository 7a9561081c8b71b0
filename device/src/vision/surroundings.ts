import type { Blob } from './blob.js';
import { type Box, grow } from './geometry.js';
import type { InkMap } from './ink-map.js';

/** What lies around a piece of ink: handwriting stands on paper, texture stands in more texture. */
export interface Surroundings {
  /** Luma of the ink less that of what surrounds it, its sign turned so that real ink is positive. */
  readonly standsOut: number;
  /** Share of the pixels in and around the box, the ink and its soft edge left out, that look like paper. */
  readonly paper: number;
}

/** Margin around the box in which other ink counts, against the box's longer side. */
const MARGIN = 0.15;
/** Margin of the wider surroundings, whose median luma is the paper's: most of what lies around a digit is paper. */
const WIDE_MARGIN = 0.6;
/** Pixels along each axis at which surroundings are sampled, so that a large blob costs no more than a small one. */
const SAMPLES = 26;

/** Measures what lies around a blob. */
export function lookAround(map: InkMap, blob: Blob): Surroundings {
  const { box } = blob;
  const longer = Math.max(box.width, box.height);
  const near = grow(box, Math.max(2, Math.round(MARGIN * longer)), map.width, map.height);
  // The blob's own ink is among the wider surroundings: it is too little to move the median.
  const wide = grow(box, Math.max(4, Math.round(WIDE_MARGIN * longer)), map.width, map.height);
  const paper = median(lumaWithin(map, wide));
  const ink = median(inkLuma(map, blob, near));
  const standsOut = map.polarity === 'dark' ? paper - ink : ink - paper;
  const share = shareCloserTo(otherLuma(map, blob, near), paper, ink);
  return { standsOut, paper: share };
}

/** Every how many pixels one is looked at along a side. */
const stepFor = (side: number): number => Math.max(1, Math.floor(side / SAMPLES));

/** Histogram of the luma on an even grid within `frame`. */
function lumaWithin({ gray, width }: InkMap, frame: Box): Uint32Array {
  const counts = new Uint32Array(256);
  const [stepX, stepY] = [stepFor(frame.width), stepFor(frame.height)];
  for (let y = frame.y; y < frame.y + frame.height; y += stepY) {
    const end = y * width + frame.x + frame.width;
    for (let at = y * width + frame.x; at < end; at += stepX) counts[gray[at]]++;
  }
  return counts;
}

/** The same for the blob's own pixels on the grid of `frame`. */
function inkLuma({ gray, width }: InkMap, { box, mask }: Blob, frame: Box): Uint32Array {
  const counts = new Uint32Array(256);
  const [stepX, stepY] = [stepFor(frame.width), stepFor(frame.height)];
  const [firstX, firstY] = [firstWithin(box.x, frame.x, stepX), firstWithin(box.y, frame.y, stepY)];
  for (let y = firstY; y < box.y + box.height; y += stepY) {
    const row = (y - box.y) * box.width - box.x;
    for (let x = firstX; x < box.x + box.width; x += stepX) {
      if (mask[row + x] !== 0) counts[gray[y * width + x]]++;
    }
  }
  return counts;
}

/** The first place of a grid that begins at `origin` which is not before `start`. */
const firstWithin = (start: number, origin: number, step: number): number =>
  origin + Math.ceil((start - origin) / step) * step;

/** The same for all pixels on the grid that are neither the blob's nor its soft edge's: none of it is that near. */
function otherLuma({ gray, width }: InkMap, { box, mask, strokeWidth }: Blob, frame: Box): Uint32Array {
  const counts = new Uint32Array(256);
  const [stepX, stepY] = [stepFor(frame.width), stepFor(frame.height)];
  const radius = Math.max(1, Math.round(Math.min(3, strokeWidth / 3)));
  // A mask with as much room around it that every neighbour can be looked up.
  const wide = box.width + 4 * radius;
  const roomy = new Uint8Array(wide * (box.height + 4 * radius));
  for (let row = 0; row < box.height; row++) {
    roomy.set(mask.subarray(row * box.width, (row + 1) * box.width), (row + 2 * radius) * wide + 2 * radius);
  }
  const down = radius * wide;
  for (let y = frame.y; y < frame.y + frame.height; y += stepY) {
    const row = y - box.y;
    const reachesRow = row >= -radius && row < box.height + radius;
    const start = (row + 2 * radius) * wide + 2 * radius - box.x;
    for (let x = frame.x; x < frame.x + frame.width; x += stepX) {
      if (reachesRow && x >= box.x - radius && x < box.x + box.width + radius) {
        const at = start + x;
        const across = roomy[at - radius] | roomy[at] | roomy[at + radius];
        const above = roomy[at - down - radius] | roomy[at - down] | roomy[at - down + radius];
        const below = roomy[at + down - radius] | roomy[at + down] | roomy[at + down + radius];
        if ((across | above | below) !== 0) continue;
      }
      counts[gray[y * width + x]]++;
    }
  }
  return counts;
}

function median(counts: Uint32Array): number {
  let total = 0;
  for (let value = 0; value < counts.length; value++) total += counts[value];
  let seen = 0;
  for (let value = 0; value < counts.length; value++) {
    seen += counts[value];
    if (seen > total / 2) return value;
  }
  return 0;
}

/** Share of the counted pixels whose luma is closer to `near` than to `far`; 1 where nothing was counted. */
function shareCloserTo(counts: Uint32Array, near: number, far: number): number {
  let total = 0;
  let closer = 0;
  for (let luma = 0; luma < counts.length; luma++) {
    total += counts[luma];
    if (Math.abs(luma - near) < Math.abs(luma - far)) closer += counts[luma];
  }
  return total === 0 ? 1 : closer / total;
}
