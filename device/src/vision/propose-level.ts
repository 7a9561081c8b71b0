import type { Blob } from './blob.js';
import type { InkProposals, Origin, Proposal } from './candidate.js';
import { combineBlobs } from './combine-blobs.js';
import { cropInk } from './crop-ink.js';
import { findBlobs } from './find-blobs.js';
import type { Box } from './geometry.js';
import type { InkMap, Polarity } from './ink-map.js';
import { SHORTEST_LEVEL } from './level.js';
import { MOST_PARTS, mayBeSplit, splitBlob } from './split-blob.js';
import { lookAround } from './surroundings.js';

/** Finest scale that is searched for ink: light ink comes from chalk and screens, not from fine pens. */
export const FINEST_SCALE: Readonly<Record<Polarity, number>> = { dark: 1, light: 2 };
/** Strokes thinner than this many pixels of a level are left to the finer one below, which sees them better. */
const THINNEST_REDUCED_STROKE = 3;
/** Where there is no finer level, they must at least be so wide against the longer side: small writing in chalk. */
const THINNEST_SMALL_STROKE = 0.1;
/** Blobs longer than this are left to the level above as long as their strokes stay wide enough there: it costs less. */
const LONGEST_FULL_SCALE = 150;
/** Lowest digit, in pixels of its level. */
const LOWEST_DIGIT = 10;
/** Thickest stroke of a digit, against its longer side. */
const THICKEST_STROKE = 0.33;
/** Most pieces of one level, and most joins and parts; the largest are kept. A page of text must be seen whole to be text. */
const MOST_PIECES = 600;
const MOST_DERIVED = 300;

interface Shape {
  readonly origin: Origin;
  readonly blob: Blob;
  readonly pieces: readonly string[];
}

/** What may be a digit in the ink of one scale of a frame. */
export function proposeLevel(map: InkMap): InkProposals {
  const found = findBlobs(map);
  const name = `${map.scale}${map.polarity}`;
  const whole = found.blobs
    .filter((blob) => isStroke(map, blob))
    .map((blob, index): Shape => ({ origin: 'piece', blob, pieces: namesOf(blob, `${name}/${index}`) }));
  const extended = found.extended
    .filter((blob) => isStroke(map, blob))
    .map((blob, index): Shape => ({ origin: 'faint', blob, pieces: [`${name}/extended/${index}`] }));
  return {
    pieces: propose(map, [...whole, ...extended], MOST_PIECES),
    derive: (settled) => propose(map, deriveShapes(map, whole, settled), MOST_DERIVED),
  };
}

/** One name for each part that a blob may be cut into. */
function namesOf(blob: Blob, name: string): string[] {
  return Array.from({ length: mayBeSplit(blob) ? MOST_PARTS : 1 }, (_, part) => `${name}/${part}`);
}

function deriveShapes(map: InkMap, whole: readonly Shape[], settled: ReadonlySet<string>): Shape[] {
  const isOpen = ({ pieces }: Shape): boolean => !pieces.every((piece) => settled.has(piece));
  const parts = whole
    .filter(isOpen)
    .flatMap(({ blob: cut, pieces }) =>
      splitBlob(map, cut).map(
        ({ blob, first, last }): Shape => ({ origin: 'part', blob, pieces: pieces.slice(first, last + 1) }),
      ),
    );
  const joins = combineBlobs(whole.map(({ blob }) => blob)).map(
    ({ blob, pieces }): Shape => ({ origin: 'join', blob, pieces: pieces.flatMap((index) => whole[index].pieces) }),
  );
  return [...parts, ...joins.filter(isOpen)];
}

function propose(map: InkMap, shapes: readonly Shape[], most: number): Proposal[] {
  return shapes
    .filter(({ blob }) => mayBeDigit(map, blob))
    .sort((a, b) => b.blob.area - a.blob.area)
    .slice(0, most)
    .map((shape) => describe(map, shape));
}

/** Whether a level is the one to look at these strokes: neither hollowed out by it nor better seen on another one. */
function isStroke(map: InkMap, blob: Blob): boolean {
  const { box, strokeWidth } = blob;
  if (strokeWidth > map.widestStroke || isTooThin(map, blob)) return false;
  const isLast = Math.max(map.width, map.height) < 2 * SHORTEST_LEVEL;
  const staysVisible = strokeWidth >= 2 * THINNEST_REDUCED_STROKE;
  return isLast || !staysVisible || Math.max(box.width, box.height) <= LONGEST_FULL_SCALE;
}

function isTooThin({ scale, polarity }: InkMap, { box, strokeWidth }: Blob): boolean {
  if (scale === 1 || strokeWidth >= THINNEST_REDUCED_STROKE) return false;
  return scale > FINEST_SCALE[polarity] || strokeWidth < THINNEST_SMALL_STROKE * Math.max(box.width, box.height);
}

function mayBeDigit(map: InkMap, blob: Blob): boolean {
  const { width, height } = blob.box;
  const long = Math.max(width, height);
  if (height < LOWEST_DIGIT || width > 2.5 * height) return false;
  if (blob.strokeWidth > THICKEST_STROKE * long || isTooThin(map, blob)) return false;
  return width < 0.98 * map.width || height < 0.98 * map.height;
}

function describe(map: InkMap, { origin, blob, pieces }: Shape): Proposal {
  const { scale, polarity } = map;
  const ink = {
    box: scaleBox(blob.box, scale),
    origin,
    polarity,
    scale,
    contrast: blob.contrast,
    strokeWidth: blob.strokeWidth * scale,
    inkArea: blob.area * scale * scale,
    inkMass: blob.mass * scale * scale,
    pieces,
  };
  return {
    ...ink,
    examine: () => {
      const surroundings = lookAround(map, blob);
      if (surroundings === undefined) return undefined;
      let crop: Uint8Array | undefined;
      return {
        ...ink,
        surroundings,
        get crop() {
          crop ??= cropInk(map, blob);
          return crop;
        },
      };
    },
  };
}

function scaleBox({ x, y, width, height }: Box, scale: number): Box {
  return { x: x * scale, y: y * scale, width: width * scale, height: height * scale };
}
