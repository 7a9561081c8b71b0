import { type Blob, cutBlob } from './blob.js';
import type { InkMap } from './ink-map.js';

/** A blob at least this wide for its height may be several digits that touch. */
const NARROWEST_PAIR = 0.85;
/** Widest stroke, against the height, that touching digits have: what is thicker is a solid thing. */
const THICKEST_STROKE = 0.25;
/** Shape, against its height, that a part must have. */
const NARROWEST_PART = 0.12;
const WIDEST_PART = 1.2;
/** Most places at which one blob is cut. */
const MOST_CUTS = 4;
/** Most gaps between cuts, the blob's own sides among them. */
export const MOST_PARTS = MOST_CUTS + 1;
/** Ink in a column through which a cut may go, in stroke widths. */
const THICKEST_CUT = 2.2;

/** A part of a blob between two cuts. */
export interface Part {
  readonly blob: Blob;
  /**
   * Columns that it covers, counted in gaps between cuts: parts with disjoint ranges can stand together. The last gap
   * is the last of `MOST_PARTS`, however few cuts there are.
   */
  readonly first: number;
  readonly last: number;
}

/**
 * Parts of a wide blob between upright cuts, which are tried where its columns hold least ink: touching neighbours hang
 * together by little. All parts are proposed; which of them are digits is for the classifier to say.
 */
export function splitBlob(map: InkMap, blob: Blob): Part[] {
  if (!mayBeSplit(blob)) return [];
  const { box } = blob;
  const cuts = [0, ...cutColumns(blob), box.width];
  const parts: Part[] = [];
  for (let first = 0; first < cuts.length - 1; first++) {
    for (let last = first; last < cuts.length - 1; last++) {
      const isLast = last === cuts.length - 2;
      const width = cuts[last + 1] - cuts[first];
      if ((first === 0 && isLast) || width < NARROWEST_PART * box.height || width > WIDEST_PART * box.height) continue;
      const part = cutBlob(map, blob, cuts[first], cuts[last + 1]);
      if (part !== undefined) parts.push({ blob: part, first, last: isLast ? MOST_CUTS : last });
    }
  }
  return parts;
}

/** Whether a blob is wide enough to be several digits, and made of strokes. */
export function mayBeSplit({ box, strokeWidth }: Blob): boolean {
  return box.width >= NARROWEST_PAIR * box.height && strokeWidth <= THICKEST_STROKE * box.height;
}

/** Columns with least ink, at least a fifth of the height apart, in order. */
function cutColumns(blob: Blob): number[] {
  const { width, height } = blob.box;
  const ink = columnInk(blob);
  const spacing = Math.max(2, Math.round(height / 5));
  const chosen: number[] = [];
  const byInk = Array.from({ length: width }, (_, x) => x)
    .filter((x) => x >= spacing / 2 && x <= width - spacing / 2 && ink[x] <= THICKEST_CUT * blob.strokeWidth)
    .sort((a, b) => ink[a] - ink[b] || Math.abs(a - width / 2) - Math.abs(b - width / 2));
  for (const x of byInk) {
    if (chosen.length === MOST_CUTS) break;
    if (chosen.every((other) => Math.abs(other - x) >= spacing)) chosen.push(x);
  }
  return chosen.sort((a, b) => a - b);
}

/** Ink pixels in each column, averaged over three columns. */
function columnInk({ box, mask }: Blob): Float64Array {
  const counts = new Float64Array(box.width);
  for (let y = 0, at = 0; y < box.height; y++) {
    for (let x = 0; x < box.width; x++, at++) counts[x] += mask[at];
  }
  return counts.map((count, x) => (count + (counts[x - 1] ?? count) + (counts[x + 1] ?? count)) / 3);
}
