import type { Blob } from './blob.js';
import type { InkProposals, Origin, Proposal } from './candidate.js';
import { combineBlobs } from './combine-blobs.js';
import { cropInk } from './crop-ink.js';
import { findBlobs } from './find-blobs.js';
import type { Box } from './geometry.js';
import type { InkMap, Polarity } from './ink-map.js';
import { SHORTEST_LEVEL } from './level.js';
import type { InkObjection, InkObserver } from './objection.js';
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
/** Widest digit, against its height. */
const WIDEST_DIGIT = 2.5;
/** Thickest stroke of a digit, against its longer side. */
const THICKEST_STROKE = 0.33;
/** What has this share of the frame's width and of its height is a page, or the frame's own edge. */
const WHOLE_FRAME = 0.98;
/** Most pieces of one level, and most joins and parts; the largest are kept. A page of text must be seen whole to be text. */
const MOST_PIECES = 600;
const MOST_DERIVED = 300;

interface Shape {
  readonly origin: Origin;
  readonly blob: Blob;
  readonly pieces: readonly string[];
}

/** What may be a digit in the ink of one scale of a frame. */
export function proposeLevel(map: InkMap, observer?: InkObserver): InkProposals {
  const found = findBlobs(map);
  const name = `${map.scale}${map.polarity}`;
  const isOfLevel = (shape: Shape): boolean => passes(scaleObjection(map, shape.blob), map, shape, observer);
  const whole = found.blobs
    .map((blob, index): Shape => ({ origin: 'piece', blob, pieces: namesOf(blob, `${name}/${index}`) }))
    .filter(isOfLevel);
  const extended = found.extended
    .map((blob, index): Shape => ({ origin: 'faint', blob, pieces: [`${name}/extended/${index}`] }))
    .filter(isOfLevel);
  return {
    pieces: propose(map, [...whole, ...extended], MOST_PIECES, observer),
    derive: (settled) => propose(map, deriveShapes(map, whole, settled), MOST_DERIVED, observer),
  };
}

/** Whether nothing speaks against a shape; what does is told. */
function passes(objection: InkObjection | undefined, map: InkMap, shape: Shape, observer?: InkObserver): boolean {
  if (objection !== undefined) observer?.leftOut(describe(map, shape), objection);
  return objection === undefined;
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

function propose(map: InkMap, shapes: readonly Shape[], most: number, observer?: InkObserver): Proposal[] {
  return shapes
    .filter((shape) => passes(digitObjection(map, shape.blob), map, shape, observer))
    .sort((a, b) => b.blob.area - a.blob.area)
    .filter((shape, rank) =>
      passes(rank < most ? undefined : { rule: 'crowd', value: rank + 1, limit: most }, map, shape, observer),
    )
    .map((shape) => describe(map, shape, observer));
}

/** Why a level is not the one to look at these strokes: it hollows them out, or another one sees them better. */
function scaleObjection(map: InkMap, blob: Blob): InkObjection | undefined {
  const { box, strokeWidth } = blob;
  if (strokeWidth > map.widestStroke) return { rule: 'scale', value: strokeWidth, limit: map.widestStroke };
  if (isTooThin(map, blob)) return { rule: 'scale', value: strokeWidth, limit: THINNEST_REDUCED_STROKE };
  const isLast = Math.max(map.width, map.height) < 2 * SHORTEST_LEVEL;
  const staysVisible = strokeWidth >= 2 * THINNEST_REDUCED_STROKE;
  const long = Math.max(box.width, box.height);
  if (isLast || !staysVisible || long <= LONGEST_FULL_SCALE) return undefined;
  return { rule: 'scale', value: long, limit: LONGEST_FULL_SCALE };
}

function isTooThin({ scale, polarity }: InkMap, { box, strokeWidth }: Blob): boolean {
  if (scale === 1 || strokeWidth >= THINNEST_REDUCED_STROKE) return false;
  return scale > FINEST_SCALE[polarity] || strokeWidth < THINNEST_SMALL_STROKE * Math.max(box.width, box.height);
}

/** Why a blob cannot be a digit, whatever it looks like. */
function digitObjection(map: InkMap, blob: Blob): InkObjection | undefined {
  const { width, height } = blob.box;
  const long = Math.max(width, height);
  if (height < LOWEST_DIGIT) return { rule: 'size', value: height, limit: LOWEST_DIGIT };
  if (width > WIDEST_DIGIT * height) return { rule: 'shape', value: width / height, limit: WIDEST_DIGIT };
  if (blob.strokeWidth > THICKEST_STROKE * long) {
    return { rule: 'stroke', value: blob.strokeWidth / long, limit: THICKEST_STROKE };
  }
  if (isTooThin(map, blob)) return { rule: 'scale', value: blob.strokeWidth, limit: THINNEST_REDUCED_STROKE };
  const share = Math.min(width / map.width, height / map.height);
  return share < WHOLE_FRAME ? undefined : { rule: 'frame', value: share, limit: WHOLE_FRAME };
}

function describe(map: InkMap, { origin, blob, pieces }: Shape, observer?: InkObserver): Proposal {
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
  const proposal: Proposal = {
    ...ink,
    examine: () => {
      const surroundings = lookAround(map, blob);
      if ('rule' in surroundings) {
        observer?.leftOut(proposal, surroundings);
        return undefined;
      }
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
  return proposal;
}

function scaleBox({ x, y, width, height }: Box, scale: number): Box {
  return { x: x * scale, y: y * scale, width: width * scale, height: height * scale };
}
