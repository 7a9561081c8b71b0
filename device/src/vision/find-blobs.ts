import { type Blob, blobOfPiece } from './blob.js';
import type { InkMap } from './ink-map.js';
import { cutPiece, type InkPiece, joinRuns } from './ink-pieces.js';

/** A digit lower than this many pixels holds too little to be read. */
const LOWEST = 8;
/** More pieces than this is texture; the largest are looked at. */
const MOST_PIECES = 400;
/** The part of a piece's pixels, the darkest, whose contrast counts as the ink's own. */
const INK_SHARE = 0.1;
/** Pixels of the strongest ink of a piece; a legible digit has more. */
const STRONGEST_INK = 60;
/** Share of the ink's contrast at which it is cut, and the lower one for strokes that grow faint on their way. */
const CUT = 0.5;
const LOW_CUT = 0.25;
/** A low cut shows something else than the usual one where it is larger by this factor along one side. */
const GROWTH = 1.15;

/** The pieces of ink of a map. */
export interface FoundBlobs {
  readonly blobs: readonly Blob[];
  /** Further readings of the same ink, with the faint ends of its strokes: they overlap the blobs. */
  readonly extended: readonly Blob[];
}

/**
 * Finds the pieces of ink of a map. A piece above the noise floor is cut again at half of its own ink's contrast:
 * the line between ink and paper then lies where it should for faint and for strong ink, and what is much fainter than
 * the ink (a ruled line, show-through, the soft edge of a shadow) falls off. A pen that was pressed unevenly leaves
 * strokes that do so too; these show at a quarter.
 */
export function findBlobs(map: InkMap): FoundBlobs {
  const worth = joinRuns(map.runs)
    .filter((piece) => isWorthALook(piece, map))
    .sort((a, b) => b.area - a.area)
    .slice(0, MOST_PIECES);
  const blobs: Blob[] = [];
  const extended: Blob[] = [];
  for (const piece of worth) {
    const { ink, strongest } = inkContrast(map, piece);
    const cut = cutBlobs(map, piece, CUT * ink);
    blobs.push(...cut);
    // Digits on a grid's lines or on texture are a small part of a piece that is as faint as those.
    if (CUT * strongest > ink) blobs.push(...cutBlobs(map, piece, CUT * strongest));
    if (piece.height < LOWEST) continue;
    const low = cutBlobs(map, piece, LOW_CUT * ink);
    extended.push(...low.filter((blob) => !cut.some((other) => looksAlike(blob, other))));
  }
  return { blobs, extended };
}

function looksAlike({ box: larger }: Blob, { box }: Blob): boolean {
  const within = box.x >= larger.x - 1 && box.y >= larger.y - 1;
  return within && larger.width < GROWTH * box.width && larger.height < GROWTH * box.height;
}

function isWorthALook({ width, height, area }: InkPiece, map: InkMap): boolean {
  const long = Math.max(width, height);
  return long >= LOWEST / 2 && area > LOWEST && area < 0.5 * map.width * map.height;
}

function cutBlobs(map: InkMap, piece: InkPiece, level: number): Blob[] {
  const blobs: Blob[] = [];
  // Cut within the noise, ink has no outline of its own.
  if (level < map.floor) return blobs;
  for (const part of cutPiece(piece, map.contrast, map.width, level)) {
    if (part.area < LOWEST || Math.max(part.width, part.height) < LOWEST / 2) continue;
    blobs.push(blobOfPiece(map, part, 2 * level));
  }
  return blobs;
}

/** The contrast that the strongest `INK_SHARE` of a piece's pixels reach, and the one that `STRONGEST_INK` of them do. */
function inkContrast(
  { contrast, width }: InkMap,
  { area, runs }: InkPiece,
): { readonly ink: number; readonly strongest: number } {
  const counts = new Uint32Array(256);
  for (let run = 0; run < runs.length; run += 3) {
    const start = runs[run] * width;
    const end = start + runs[run + 2];
    for (let at = start + runs[run + 1]; at < end; at++) counts[contrast[at]]++;
  }
  return { ink: reached(counts, INK_SHARE * area), strongest: reached(counts, Math.min(STRONGEST_INK, area)) };
}

/** The value that so many of the counted reach. */
function reached(counts: Uint32Array, many: number): number {
  let left = many;
  let value = 255;
  while (value > 0 && left > counts[value]) left -= counts[value--];
  return value;
}
