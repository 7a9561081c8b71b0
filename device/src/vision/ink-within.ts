import { READER_NUMBERS } from '../numbers/index.js';
import { type Blob, blobOf } from './blob.js';
import { connectedPieces } from './connected-pieces.js';
import { type Box, grow } from './geometry.js';
import { histogramWithin } from './histogram.js';
import type { InkMap } from './ink-map.js';

/**
 * The ink within a box: what of it is a piece of its own is taken whole, what goes on (a ruled line, a neighbour that
 * touches) is cut at the box.
 *
 * @param box in pixels of the map
 * @returns undefined where there is no ink
 */
export function inkWithin(map: InkMap, box: Box): Blob | undefined {
  const { width, height, contrast: bytes } = map;
  const outer = grow(box, Math.ceil(READER_NUMBERS.inkMargin.value * Math.max(box.width, box.height)), width, height);
  const contrast = inkContrast(map, box);
  if (contrast < READER_NUMBERS.inkMinContrast.value) return undefined;
  const parts = connectedPieces({ width, height, bytes }, outer, READER_NUMBERS.inkCut.value * contrast).map((piece) =>
    partWithin(piece, width, box, outer),
  );
  const largest = Math.max(0, ...parts.map(({ length }) => length));
  const kept = parts.filter(({ length }) => length >= READER_NUMBERS.inkMinPiece.value * largest).flat();
  return kept.length === 0 ? undefined : blobOf(map, kept, contrast);
}

/** The contrast that the strongest `inkShare` of a box's pixels reach. */
function inkContrast({ contrast, width }: InkMap, box: Box): number {
  const counts = histogramWithin(contrast, width, box);
  let left = READER_NUMBERS.inkShare.value * box.width * box.height;
  let value = 255;
  while (value > 0 && left >= counts[value]) left -= counts[value--];
  return value;
}

/** Those pixels of a piece that belong to the box `inner`. */
function partWithin(piece: readonly number[], width: number, inner: Box, outer: Box): readonly number[] {
  const isInside = (at: number, box: Box, margin: number): boolean => {
    const column = (at % width) - box.x - margin;
    const row = Math.floor(at / width) - box.y - margin;
    return column >= 0 && row >= 0 && column < box.width - 2 * margin && row < box.height - 2 * margin;
  };
  const cut = piece.filter((at) => isInside(at, inner, 0));
  const goesOn = piece.some((at) => !isInside(at, outer, 1));
  if (goesOn) return cut;
  if (cut.length >= READER_NUMBERS.inkMinWithin.value * piece.length) return piece;
  return cut.length < (1 - READER_NUMBERS.inkMinWithin.value) * piece.length ? [] : cut;
}
