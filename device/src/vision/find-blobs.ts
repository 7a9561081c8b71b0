import { type Blob, makeBlob } from './blob.js';
import type { InkMap } from './ink-map.js';
import { labelMask } from './label-mask.js';
import type { Component, VisionScope } from './operations.js';

/** A digit lower than this many pixels holds too little to be read. */
const LOWEST = 8;
/** More pieces than this is texture; the largest are looked at. */
const MOST_COMPONENTS = 400;
/** The part of a component's pixels, the darkest, whose contrast counts as the ink's own. */
const INK_SHARE = 0.1;
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
 * Finds the pieces of ink of a map. A component above the noise floor is cut again at half of its own ink's contrast:
 * the line between ink and paper then lies where it should for faint and for strong ink, and what is much fainter than
 * the ink (a ruled line, show-through, the soft edge of a shadow) falls off. A pen that was pressed unevenly leaves
 * strokes that do so too; these show at a quarter.
 */
export function findBlobs(scope: VisionScope, map: InkMap): FoundBlobs {
  const { labels, list } = scope.components(map.mask);
  const worth = list
    .map((component, index) => ({ component, label: index + 1 }))
    .filter(({ component }) => isWorthALook(component, map))
    .sort((a, b) => b.component.area - a.component.area)
    .slice(0, MOST_COMPONENTS);
  const blobs: Blob[] = [];
  const extended: Blob[] = [];
  for (const { component, label } of worth) {
    const ink = inkContrast(map, labels, component, label);
    const cut = cutComponent(map, labels, component, label, CUT * ink);
    blobs.push(...cut);
    if (LOW_CUT * ink < map.floor) continue;
    const low = cutComponent(map, labels, component, label, LOW_CUT * ink);
    extended.push(...low.filter((blob) => !cut.some((other) => looksAlike(blob, other))));
  }
  return { blobs, extended };
}

function looksAlike({ box: larger }: Blob, { box }: Blob): boolean {
  const within = box.x >= larger.x - 1 && box.y >= larger.y - 1;
  return within && larger.width < GROWTH * box.width && larger.height < GROWTH * box.height;
}

function isWorthALook({ width, height, area }: Component, map: InkMap): boolean {
  const long = Math.max(width, height);
  return long >= LOWEST / 2 && area >= LOWEST && area < 0.5 * map.width * map.height;
}

function cutComponent(map: InkMap, labels: Int32Array, component: Component, label: number, at: number): Blob[] {
  const { x, y, width, height } = component;
  const level = Math.max(map.floor, at);
  const mask = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const start = (y + row) * map.width + x;
    for (let column = 0; column < width; column++) {
      const pixel = start + column;
      if (labels[pixel] === label && map.contrast[pixel] > level) mask[row * width + column] = 1;
    }
  }
  const pieces = level > map.floor * 1.2 ? labelMask(mask, width, height) : [{ x: 0, y: 0, width, height, mask }];
  const blobs: Blob[] = [];
  for (const piece of pieces) {
    const frame = { x: x + piece.x, y: y + piece.y, width: piece.width, height: piece.height };
    const blob = makeBlob(frame, piece.mask, 2 * level);
    if (blob !== undefined && blob.area >= LOWEST && Math.max(blob.box.width, blob.box.height) >= LOWEST / 2) {
      blobs.push(blob);
    }
  }
  return blobs;
}

/** Contrast that the strongest `INK_SHARE` of a component's pixels reach. */
function inkContrast(map: InkMap, labels: Int32Array, component: Component, label: number): number {
  const counts = new Uint32Array(256);
  for (let row = component.y; row < component.y + component.height; row++) {
    const start = row * map.width + component.x;
    for (let at = start; at < start + component.width; at++) {
      if (labels[at] === label) counts[map.contrast[at]]++;
    }
  }
  let left = INK_SHARE * component.area;
  let value = 255;
  while (value > 0 && left > counts[value]) left -= counts[value--];
  return value;
}
