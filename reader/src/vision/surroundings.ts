import { READER_NUMBERS } from '../numbers/index.js';
import { type Blob, inkAround } from './blob.js';
import { AROUND, type Box, grow, ITSELF } from './geometry.js';
import type { InkMap } from './ink-map.js';

/** Measures of the area around a piece of ink. Handwriting stands on paper; texture is surrounded by more texture. */
export interface Surroundings {
  /** Difference between the luma of the ink and of its surroundings, positive for real ink. */
  readonly standsOut: number;
  /** Share of the pixels in and around the box that look like paper, without the ink and its soft edge. */
  readonly paper: number;
  /** Share of the pixels on each side of the box that are ink as strong as its own. Letters have such neighbours. */
  readonly inkLeft: number;
  readonly inkRight: number;
  readonly inkAbove: number;
  readonly inkBelow: number;
}

/** Measures the surroundings of a blob. */
export function lookAround(map: InkMap, blob: Blob): Surroundings {
  const { box, strokeWidth } = blob;
  const longer = Math.max(box.width, box.height);
  const { nearMargin, nearMinMargin, wideMargin, wideMinMargin, softEdgeMax, softEdgeShare } = READER_NUMBERS;
  const grown = (share: number, least: number): Box =>
    grow(box, Math.max(least, Math.round(share * longer)), map.width, map.height);
  const near = grown(nearMargin.value, nearMinMargin.value);
  const wide = grown(wideMargin.value, wideMinMargin.value);
  const softEdge = Math.max(1, Math.round(Math.min(softEdgeMax.value, softEdgeShare.value * strokeWidth)));
  // The wider surroundings include the blob's own ink, which is too little to move the median.
  const paper = median(histogram(map, wide));
  const ink = median(histogram(map, near, { mask: inkAround(blob, near, ITSELF), value: 1 }));
  const soft = AROUND.map(([across, down]) => [softEdge * across, softEdge * down] as const);
  const share = shareCloserTo(histogram(map, near, { mask: inkAround(blob, near, soft), value: 0 }), paper, ink);
  const { x, y, width, height } = box;
  const inkOf = (left: number, top: number, right: number, bottom: number): number =>
    inkShare(map, { x: left, y: top, width: right - left, height: bottom - top }, blob.contrast);
  return {
    standsOut: map.polarity === 'dark' ? paper - ink : ink - paper,
    paper: share,
    inkLeft: inkOf(wide.x, y, x, y + height),
    inkRight: inkOf(x + width, y, wide.x + wide.width, y + height),
    inkAbove: inkOf(x, wide.y, x + width, y),
    inkBelow: inkOf(x, y + height, x + width, wide.y + wide.height),
  };
}

/** Share of the pixels of a box that reach the threshold for ink of this contrast; 0 for an empty box. */
function inkShare({ contrast, width }: InkMap, box: Box, ink: number): number {
  let found = 0;
  for (let y = box.y; y < box.y + box.height; y++) {
    for (let at = y * width + box.x; at < y * width + box.x + box.width; at++) {
      if (contrast[at] > READER_NUMBERS.inkCut.value * ink) found++;
    }
  }
  return found / Math.max(1, box.width * box.height);
}

/** The pixels of a part of the map where a mask has this value. */
interface Selection {
  readonly mask: Uint8Array;
  readonly value: 0 | 1;
}

/** Histogram of the luma of pixels on an even grid within `frame`: of all pixels or of the selected ones. */
function histogram({ gray, width }: InkMap, frame: Box, selected?: Selection): Uint32Array {
  const found = new Uint32Array(256);
  const stepFor = (side: number): number => Math.max(1, Math.floor(side / READER_NUMBERS.surroundingsSamples.value));
  const [stepX, stepY] = [stepFor(frame.width), stepFor(frame.height)];
  for (let row = 0; row < frame.height; row += stepY) {
    const from = (frame.y + row) * width + frame.x;
    for (let column = 0; column < frame.width; column += stepX) {
      if (selected === undefined || selected.mask[row * frame.width + column] === selected.value) {
        found[gray[from + column]]++;
      }
    }
  }
  return found;
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

/** Share of the counted pixels whose luma is closer to `near` than to `far`; 1 if nothing was counted. */
function shareCloserTo(counts: Uint32Array, near: number, far: number): number {
  let total = 0;
  let closer = 0;
  for (let luma = 0; luma < counts.length; luma++) {
    total += counts[luma];
    if (Math.abs(luma - near) < Math.abs(luma - far)) closer += counts[luma];
  }
  return total === 0 ? 1 : closer / total;
}
