import { READER_NUMBERS } from '../numbers/index.js';
import { type Blob, blobOf } from './blob.js';
import { connectedPieces } from './connected-pieces.js';
import { type Box, grow } from './geometry.js';
import { histogramWithin } from './histogram.js';
import type { InkMap } from './ink-map.js';

/**
 * The ink inside a box. Connected components that lie mostly in the box are taken whole; components that continue
 * outside (a ruled line, a touching neighbour) are cut at the box.
 *
 * @param box in pixels of the map
 * @returns undefined if there is no ink
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
  const kept = parts.filter(({ length }) => length > 0 && length >= READER_NUMBERS.inkMinPiece.value * largest);
  return kept.length === 0 ? undefined : blobOf(map, kept, contrast);
}

/** The contrast that the strongest `inkShare` of the pixels of a box reach. */
function inkContrast({ contrast, width }: InkMap, box: Box): number {
  const counts = histogramWithin(contrast, width, box);
  let left = READER_NUMBERS.inkShare.value * box.width * box.height;
  let value = 255;
  while (value > 0 && left >= counts[value]) left -= counts[value--];
  return value;
}

/** The pixels of a component that belong to the box `inner`. */
function partWithin(piece: Int32Array, width: number, inner: Box, outer: Box): Int32Array {
  const [right, bottom] = [outer.x + outer.width - 1, outer.y + outer.height - 1];
  const cut = new Int32Array(piece.length);
  let count = 0;
  let goesOn = false;
  for (const at of piece) {
    const [x, y] = [at % width, Math.floor(at / width)];
    if (x <= outer.x || y <= outer.y || x >= right || y >= bottom) goesOn = true;
    const [column, row] = [x - inner.x, y - inner.y];
    if (column >= 0 && row >= 0 && column < inner.width && row < inner.height) cut[count++] = at;
  }
  if (!goesOn && count >= READER_NUMBERS.inkMinWithin.value * piece.length) return piece;
  const isNeighbours = !goesOn && count < (1 - READER_NUMBERS.inkMinWithin.value) * piece.length;
  return cut.subarray(0, isNeighbours ? 0 : count);
}
