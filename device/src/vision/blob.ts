import type { Box } from './geometry.js';
import type { InkMap } from './ink-map.js';
import type { InkPiece } from './ink-pieces.js';

/** A piece of ink: the pixels that belong to it, in pixels of the ink map that it was found in. */
export interface Blob {
  readonly box: Box;
  /** `box.width * box.height` bytes, 1 where there is ink. Drawn when it is first asked for: most blobs are dropped before. */
  readonly mask: Uint8Array;
  /** Number of ink pixels. */
  readonly area: number;
  /** Number of sides of ink pixels that no other ink pixel touches. */
  readonly edges: number;
  /** Sum of the map's contrast over its pixels. */
  readonly mass: number;
  /** How far the ink stands out from the paper, in levels of luma. */
  readonly contrast: number;
  /** Mean width of its strokes in pixels. */
  readonly strokeWidth: number;
}

/** The blob that a piece of a map's ink is. */
export function blobOfPiece(map: InkMap, piece: InkPiece, contrast: number): Blob {
  const { x, y, width, height, area } = piece;
  const measures = { area, edges: edgesOfRuns(piece), mass: massOfRuns(map, piece), contrast };
  return makeBlob({ x, y, width, height }, measures, () => maskOfRuns(piece));
}

/**
 * The part of a blob from the column `from` up to `to`, counted from the left of its box; undefined where it has no ink.
 *
 * @param map the one that the blob was found in
 */
export function cutBlob(map: InkMap, blob: Blob, from: number, to: number): Blob | undefined {
  const { box, mask } = blob;
  let left = to;
  let right = -1;
  let top = box.height;
  let bottom = -1;
  let area = 0;
  let mass = 0;
  let touching = 0;
  for (let y = 0; y < box.height; y++) {
    const place = (box.y + y) * map.width + box.x - y * box.width;
    const end = y * box.width + to;
    for (let at = y * box.width + from; at < end; at++) {
      if (mask[at] === 0) continue;
      const x = at - y * box.width;
      area++;
      mass += map.contrast[place + at];
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
      if (x > from && mask[at - 1] !== 0) touching++;
      if (y > 0 && mask[at - box.width] !== 0) touching++;
    }
  }
  if (area === 0) return undefined;
  const inner = { x: box.x + left, y: box.y + top, width: right - left + 1, height: bottom - top + 1 };
  return makeBlob(inner, { area, edges: 4 * area - 2 * touching, mass, contrast: blob.contrast }, () => {
    const cut = new Uint8Array(inner.width * inner.height);
    for (let y = 0; y < inner.height; y++) {
      const start = (top + y) * box.width + left;
      cut.set(mask.subarray(start, start + inner.width), y * inner.width);
    }
    return cut;
  });
}

/** The blob that a mask of a map's pixels is. @param mask `box.width * box.height` bytes, 1 where there is ink */
export function blobOfMask(map: InkMap, box: Box, mask: Uint8Array, contrast: number): Blob {
  let [area, mass, touching] = [0, 0, 0];
  for (let y = 0, at = 0; y < box.height; y++) {
    const place = (box.y + y) * map.width + box.x;
    for (let x = 0; x < box.width; x++, at++) {
      if (mask[at] === 0) continue;
      area++;
      mass += map.contrast[place + x];
      if (x > 0 && mask[at - 1] !== 0) touching++;
      if (y > 0 && mask[at - box.width] !== 0) touching++;
    }
  }
  return makeBlob(box, { area, edges: 4 * area - 2 * touching, mass, contrast }, () => mask);
}

/**
 * One blob of several that do not touch, the mean of their contrasts weighed by area.
 *
 * @param box the box around all of them
 */
export function joinBlobs(blobs: readonly Blob[], box: Box): Blob {
  let area = 0;
  let edges = 0;
  let mass = 0;
  let weighed = 0;
  for (const blob of blobs) {
    area += blob.area;
    edges += blob.edges;
    mass += blob.mass;
    weighed += blob.area * blob.contrast;
  }
  return makeBlob(box, { area, edges, mass, contrast: weighed / area }, () => {
    const mask = new Uint8Array(box.width * box.height);
    for (const blob of blobs) drawInto(mask, box, blob);
    return mask;
  });
}

type Measures = Pick<Blob, 'area' | 'edges' | 'mass' | 'contrast'>;

function makeBlob(box: Box, { area, edges, mass, contrast }: Measures, draw: () => Uint8Array): Blob {
  let drawn: Uint8Array | undefined;
  return {
    box,
    area,
    edges,
    mass,
    contrast,
    strokeWidth: strokeWidth(area, edges),
    get mask() {
      drawn ??= draw();
      return drawn;
    },
  };
}

/**
 * A long stroke has two sides, so its width is twice its area over its outline. The outline's length is pi/4 of its
 * pixel edges on average over all directions (Cauchy-Crofton formula).
 */
function strokeWidth(area: number, edges: number): number {
  return (2 * area) / (edges * (Math.PI / 4));
}

/** Every run has two ends, and every pixel an edge above and below but where it lies under one of the row before. */
function edgesOfRuns({ runs, area }: InkPiece): number {
  let covered = 0;
  let above = 0;
  for (let run = 0; run < runs.length; run += 3) {
    const row = runs[run];
    const from = runs[run + 1];
    const to = runs[run + 2];
    while (runs[above] < row - 1 || (runs[above] === row - 1 && runs[above + 2] <= from)) above += 3;
    for (let other = above; runs[other] === row - 1 && runs[other + 1] < to; other += 3) {
      covered += Math.min(to, runs[other + 2]) - Math.max(from, runs[other + 1]);
    }
  }
  return (2 * runs.length) / 3 + 2 * (area - covered);
}

function massOfRuns({ contrast, width }: InkMap, { runs }: InkPiece): number {
  let mass = 0;
  for (let run = 0; run < runs.length; run += 3) {
    const start = runs[run] * width;
    const end = start + runs[run + 2];
    for (let at = start + runs[run + 1]; at < end; at++) mass += contrast[at];
  }
  return mass;
}

function maskOfRuns({ x, y, width, height, runs }: InkPiece): Uint8Array {
  const mask = new Uint8Array(width * height);
  for (let run = 0; run < runs.length; run += 3) {
    const start = (runs[run] - y) * width - x;
    const end = start + runs[run + 2];
    for (let at = start + runs[run + 1]; at < end; at++) mask[at] = 1;
  }
  return mask;
}

function drawInto(mask: Uint8Array, box: Box, { box: own, mask: ink }: Blob): void {
  for (let y = 0; y < own.height; y++) {
    const target = (own.y - box.y + y) * box.width + own.x - box.x;
    const source = y * own.width;
    for (let x = 0; x < own.width; x++) if (ink[source + x] !== 0) mask[target + x] = 1;
  }
}
