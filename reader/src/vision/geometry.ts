export interface Point {
  readonly x: number;
  readonly y: number;
}

/** An axis-aligned rectangle in pixels; `x + width` is the first pixel outside. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Offsets across and down: the pixel itself, with its 4 neighbours, and with all 8. */
export const ITSELF = [[0, 0]] as const;
export const BESIDE = [...ITSELF, [-1, 0], [1, 0], [0, -1], [0, 1]] as const;
export const AROUND = [...BESIDE, [-1, -1], [1, -1], [-1, 1], [1, 1]] as const;

/** The smallest box around all of `boxes`, of which there is at least one. */
export function boundingBox(boxes: readonly Box[]): Box {
  let [left, top] = [Infinity, Infinity];
  let [right, bottom] = [-Infinity, -Infinity];
  for (const { x, y, width, height } of boxes) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** The smallest box around all places of a raster that hold; of a negative size where none does. @param width of its rows */
export function boxAround(raster: Uint8Array, width: number, holds: (value: number) => boolean): Box {
  let [left, top, right, bottom] = [width, raster.length / width, 0, 0];
  raster.forEach((value, at) => {
    if (!holds(value)) return;
    const [x, y] = [at % width, Math.floor(at / width)];
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + 1);
  });
  return { x: left, y: top, width: right - left, height: bottom - top };
}

export function middle({ x, y, width, height }: Box): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

/** The area of the intersection of two boxes, in pixels. */
export function sharedArea(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}

/** The intersection as a share of the smaller box: 0 for separate boxes, 1 if one contains the other. */
export function overlap(a: Box, b: Box): number {
  return sharedArea(a, b) / Math.min(a.width * a.height, b.width * b.height);
}

/** Intersection over union of two boxes. */
export function iou(a: Box, b: Box): number {
  const shared = sharedArea(a, b);
  return shared / (a.width * a.height + b.width * b.height - shared);
}

/** The distance between two boxes along each axis in pixels; negative if they overlap along it. */
export function gaps(a: Box, b: Box): { readonly across: number; readonly down: number } {
  return {
    across: Math.max(a.x, b.x) - Math.min(a.x + a.width, b.x + b.width),
    down: Math.max(a.y, b.y) - Math.min(a.y + a.height, b.y + b.height),
  };
}

/** `box` grown by `margin` pixels on each side, clipped to a picture of the given size. */
export function grow(box: Box, margin: number, width: number, height: number): Box {
  const x = Math.max(0, box.x - margin);
  const y = Math.max(0, box.y - margin);
  return {
    x,
    y,
    width: Math.min(width, box.x + box.width + margin) - x,
    height: Math.min(height, box.y + box.height + margin) - y,
  };
}
