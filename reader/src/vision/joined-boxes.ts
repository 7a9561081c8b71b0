import { READER_NUMBERS } from '../numbers/index.js';
import { type Box, boundingBox, gaps } from './geometry.js';

/** The range of the longer side of a character, in pixels. */
export interface SizeRange {
  readonly shortest: number;
  readonly longest: number;
}

export interface JoinedBox {
  readonly box: Box;
  /** How many pieces it joins. */
  readonly parts: number;
}

/**
 * The boxes of what may be one character each: pieces of ink alone, and pieces together that may be its parts, such as an
 * i and its dot, an equals sign or a broken stroke. Pieces smaller than a character are only parts.
 */
export function joinedBoxes(pieces: readonly Box[], { shortest, longest }: SizeRange): JoinedBox[] {
  const parts = pieces.filter((piece) => longer(piece) < longest).sort((a, b) => a.x - b.x);
  const found: JoinedBox[] = [];
  const extend = (whole: Box, last: number, count: number, largest: number): void => {
    if (largest < READER_NUMBERS.joinMinLargest.value * longer(whole)) return;
    if (longer(whole) >= shortest) found.push({ box: whole, parts: count });
    if (count === READER_NUMBERS.joinMaxParts.value) return;
    for (let next = last + 1; next < parts.length && parts[next].x < whole.x + longest; next++) {
      const joined = boundingBox([whole, parts[next]]);
      if (longer(joined) >= longest || !mayBeOne(whole, parts[next], joined)) continue;
      extend(joined, next, count + 1, Math.max(largest, longer(parts[next])));
    }
  };
  parts.forEach((part, index) => {
    extend(part, index, 1, longer(part));
  });
  return found;
}

function mayBeOne(a: Box, b: Box, both: Box): boolean {
  const { joinGap, joinGapToDot, joinLow } = READER_NUMBERS;
  const whole = longer(both);
  const { across, down } = gaps(a, b);
  if (Math.max(across, down) <= joinGap.value * whole) return true;
  const isStacked = -across >= Math.min(a.width, b.width) / 2;
  const isLow = Math.min(a.height, b.height) <= joinLow.value * whole;
  return isStacked && isLow && down <= joinGapToDot.value * whole;
}

const longer = ({ width, height }: Box): number => Math.max(width, height);
