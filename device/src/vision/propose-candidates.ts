import type { Blob } from './blob.js';
import type { Candidate, Origin } from './candidate.js';
import { combineBlobs } from './combine-blobs.js';
import { cropInk } from './crop-ink.js';
import { findBlobs } from './find-blobs.js';
import type { Box } from './geometry.js';
import { type InkMap, type Level, mapInk, openLevel, type Polarity } from './ink-map.js';
import type { VisionOperations, VisionScope } from './operations.js';
import { splitBlob } from './split-blob.js';
import { lookAround } from './surroundings.js';

/** A frame as the proposer takes it: luma, row-major. */
export interface LumaFrame {
  readonly width: number;
  readonly height: number;
  readonly gray: Uint8Array;
}

/** Levels end where the longer side would be shorter than this. */
const SHORTEST_LEVEL = 120;
/** Light ink comes from chalk and screens, not from fine pens: the full scale is not searched for it. */
const FIRST_LIGHT_SCALE = 2;
/** Strokes thinner than this many pixels of a reduced level are left to the level below, which sees them better. */
const THINNEST_REDUCED_STROKE = 3;
/** Blobs longer than this are left to the level above as long as their strokes stay wide enough there: it costs less. */
const LONGEST_FULL_SCALE = 150;
/** Lowest digit, in pixels of its level. */
const LOWEST_DIGIT = 10;
/** Thickest stroke of a digit, against its longer side. */
const THICKEST_STROKE = 0.33;
/** Most candidates of one level; the largest are kept. */
const MOST_CANDIDATES = 300;

/**
 * Proposes what may be a digit in a frame: pieces of ink, joined and cut pieces too, over a pyramid of scales, so that
 * the square that paper is looked for in follows the width of the strokes.
 */
export function proposeCandidates(operations: VisionOperations, frame: LumaFrame): Candidate[] {
  return operations.inScope((scope) => {
    const candidates: Candidate[] = [];
    let plane = scope.plane(frame.width, frame.height, frame.gray);
    for (let scale = 1; scale === 1 || Math.max(plane.width, plane.height) >= SHORTEST_LEVEL; scale *= 2) {
      const level = openLevel(scope, plane, scale);
      candidates.push(...proposeLevel(scope, level, 'dark'));
      if (scale >= FIRST_LIGHT_SCALE) candidates.push(...proposeLevel(scope, level, 'light'));
      plane = scope.resize(plane, Math.ceil(plane.width / 2), Math.ceil(plane.height / 2));
    }
    return candidates;
  });
}

interface Shape {
  readonly origin: Origin;
  readonly blob: Blob;
  readonly pieces: readonly string[];
}

function proposeLevel(scope: VisionScope, level: Level, polarity: Polarity): Candidate[] {
  const { scale } = level;
  const map = mapInk(scope, level, polarity);
  const found = findBlobs(map);
  const strokes = (blobs: readonly Blob[]): Blob[] => blobs.filter((blob) => isStroke(map, blob));
  const shapes = shapesOf(strokes(found.blobs), `${scale}${polarity}`);
  for (const [index, blob] of strokes(found.extended).entries()) {
    shapes.push({ origin: 'faint', blob, pieces: [`${scale}${polarity}/extended/${index}`] });
  }
  return shapes
    .filter(({ blob }) => mayBeDigit(map, blob))
    .sort((a, b) => b.blob.area - a.blob.area)
    .slice(0, MOST_CANDIDATES)
    .flatMap((shape) => describe(map, shape));
}

function shapesOf(blobs: readonly Blob[], level: string): Shape[] {
  const shapes: Shape[] = [];
  const names: string[][] = [];
  blobs.forEach((blob, index) => {
    const parts = splitBlob(blob);
    const gaps = parts.reduce((most, { last }) => Math.max(most, last + 1), 1);
    const own = Array.from({ length: gaps }, (_, gap) => `${level}/${index}/${gap}`);
    names.push(own);
    shapes.push({ origin: 'piece', blob, pieces: own });
    for (const { blob: part, first, last } of parts) {
      shapes.push({ origin: 'part', blob: part, pieces: own.slice(first, last + 1) });
    }
  });
  for (const { blob, pieces } of combineBlobs(blobs)) {
    shapes.push({ origin: 'join', blob, pieces: pieces.flatMap((index) => names[index]) });
  }
  return shapes;
}

/** Whether a level is the one to look at these strokes: neither hollowed out by it nor better seen on another one. */
function isStroke(map: InkMap, { box, strokeWidth }: Blob): boolean {
  if (strokeWidth > map.widestStroke || (map.scale > 1 && strokeWidth < THINNEST_REDUCED_STROKE)) return false;
  const isLast = Math.max(map.width, map.height) < 2 * SHORTEST_LEVEL;
  const staysVisible = strokeWidth >= 2 * THINNEST_REDUCED_STROKE;
  return isLast || !staysVisible || Math.max(box.width, box.height) <= LONGEST_FULL_SCALE;
}

function mayBeDigit(map: InkMap, { box, strokeWidth }: Blob): boolean {
  const { width, height } = box;
  const long = Math.max(width, height);
  if (height < LOWEST_DIGIT || width > 2.5 * height) return false;
  if (strokeWidth > THICKEST_STROKE * long) return false;
  return width < 0.98 * map.width || height < 0.98 * map.height;
}

function describe(map: InkMap, { origin, blob, pieces }: Shape): Candidate[] {
  const surroundings = lookAround(map, blob);
  if (surroundings === undefined) return [];
  const { scale } = map;
  let crop: Uint8Array | undefined;
  return [
    {
      box: scaleBox(blob.box, scale),
      origin,
      get crop() {
        crop ??= cropInk(map, blob);
        return crop;
      },
      polarity: map.polarity,
      scale,
      contrast: blob.contrast,
      strokeWidth: blob.strokeWidth * scale,
      inkArea: blob.area * scale * scale,
      inkMass: massOf(map, blob) * scale * scale,
      pieces,
      surroundings,
    },
  ];
}

/** Sum of the contrast over a blob's pixels. */
function massOf({ contrast, width }: InkMap, { box, mask }: Blob): number {
  let mass = 0;
  for (let row = 0; row < box.height; row++) {
    const start = (box.y + row) * width + box.x;
    const own = row * box.width;
    for (let column = 0; column < box.width; column++) {
      if (mask[own + column] !== 0) mass += contrast[start + column];
    }
  }
  return mass;
}

function scaleBox({ x, y, width, height }: Box, scale: number): Box {
  return { x: x * scale, y: y * scale, width: width * scale, height: height * scale };
}
