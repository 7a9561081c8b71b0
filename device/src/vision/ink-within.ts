import { type Blob, blobOfMask } from './blob.js';
import { type Box, grow } from './geometry.js';
import type { InkMap } from './ink-map.js';
import { cutPiece, type InkPiece } from './ink-pieces.js';

/** The part of a box's pixels, the darkest, whose contrast counts as the ink's own. */
const INK_SHARE = 0.06;
/** Share of the ink's contrast at which it is cut. */
const CUT = 0.5;
/** A box that a network tells may miss the ink by this share of its longer side. */
const MARGIN = 0.15;
/** A piece of ink belongs to the box where it lies in it by this share; what goes on beyond it is cut at its sides. */
const MIN_WITHIN = 0.6;
/** What stands out by fewer levels of luma is the noise of rounding. */
const MIN_CONTRAST = 4;
/** Pieces smaller than this share of the largest are dirt. */
const MIN_PIECE_SHARE = 0.03;

/**
 * The ink within a box: what of it is a piece of its own is taken whole, what goes on (a ruled line, a neighbour that
 * touches) is cut at the box.
 *
 * @param box in pixels of the map
 * @returns undefined where there is no ink
 */
export function inkWithin(map: InkMap, box: Box): Blob | undefined {
  const outer = grow(box, Math.ceil(MARGIN * Math.max(box.width, box.height)), map.width, map.height);
  const ink = inkContrast(map, box);
  const pieces = cutPiece(everything(outer), map.contrast, map.width, CUT * ink);
  const parts = pieces.map((piece) => partWithin(piece, box, outer)).filter((runs) => runs !== undefined);
  const largest = Math.max(0, ...parts.map(areaOf));
  if (ink < MIN_CONTRAST || largest === 0) return undefined;
  const kept = parts.filter((runs) => areaOf(runs) >= MIN_PIECE_SHARE * largest);
  return blobOfRuns(map, kept.flat(), 2 * CUT * ink);
}

/** The contrast that the strongest `INK_SHARE` of a box's pixels reach. */
function inkContrast({ contrast, width }: InkMap, box: Box): number {
  const counts = new Uint32Array(256);
  for (let y = box.y; y < box.y + box.height; y++) {
    const start = y * width + box.x;
    for (let at = start; at < start + box.width; at++) counts[contrast[at]]++;
  }
  let left = INK_SHARE * box.width * box.height;
  let value = 255;
  while (value > 0 && left >= counts[value]) left -= counts[value--];
  return value;
}

/** Numbers that describe a run: row, first column, the column after the last one. */
const RUN = 3;

const everything = ({ x, y, width, height }: Box): Pick<InkPiece, 'runs'> => ({
  runs: Int32Array.from({ length: RUN * height }, (_, at) => [y + Math.floor(at / RUN), x, x + width][at % RUN]),
});

const areaOf = (runs: readonly number[]): number => {
  let area = 0;
  for (let run = 0; run < runs.length; run += RUN) area += runs[run + 2] - runs[run + 1];
  return area;
};

/** The runs of a piece that belong to the box `inner`; undefined where none do. */
function partWithin(piece: InkPiece, inner: Box, outer: Box): number[] | undefined {
  const cut: number[] = [];
  for (let run = 0; run < piece.runs.length; run += RUN) {
    const [row, from, to] = piece.runs.subarray(run, run + RUN);
    if (row < inner.y || row >= inner.y + inner.height) continue;
    const [left, right] = [Math.max(from, inner.x), Math.min(to, inner.x + inner.width)];
    if (right > left) cut.push(row, left, right);
  }
  if (cut.length === 0) return undefined;
  const goesOn =
    piece.x <= outer.x ||
    piece.y <= outer.y ||
    piece.x + piece.width >= outer.x + outer.width ||
    piece.y + piece.height >= outer.y + outer.height;
  if (!goesOn && areaOf(cut) >= MIN_WITHIN * piece.area) return [...piece.runs];
  return areaOf(cut) < piece.area * (1 - MIN_WITHIN) && !goesOn ? undefined : cut;
}

function blobOfRuns(map: InkMap, runs: readonly number[], contrast: number): Blob {
  let [left, top, right, bottom] = [Infinity, Infinity, -1, -1];
  for (let run = 0; run < runs.length; run += RUN) {
    left = Math.min(left, runs[run + 1]);
    right = Math.max(right, runs[run + 2]);
    top = Math.min(top, runs[run]);
    bottom = Math.max(bottom, runs[run] + 1);
  }
  const box = { x: left, y: top, width: right - left, height: bottom - top };
  const mask = new Uint8Array(box.width * box.height);
  for (let run = 0; run < runs.length; run += RUN) {
    const start = (runs[run] - top) * box.width - left;
    mask.fill(1, start + runs[run + 1], start + runs[run + 2]);
  }
  return blobOfMask(map, box, mask, contrast);
}
