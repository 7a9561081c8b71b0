import type { NoiseTile } from '../noise-tile.js';
import { project } from '../scene/homography.js';
import type { Point, Scene, Stroke } from '../scene/scene.js';
import { levelsOf, type Raster } from './raster.js';

/** Draws the lines that lie on the page beside its characters. */
export function paintStrokes(raster: Raster, scene: Scene, noise: NoiseTile): void {
  const { view } = scene;
  (scene.page.strokes ?? []).forEach((stroke, index) => {
    const seed = scene.noiseOffset + 17 * index;
    const points = strayed(stroke, noise, seed).map(({ x, y }) => project(view, x, y));
    paintPolyline(raster, points, stroke, stroke.width * scaleAt(scene, stroke.points[0]));
  });
}

/** Pixels for each page unit at a place. */
function scaleAt({ view }: Scene, { x, y }: Point): number {
  const here = project(view, x, y);
  const right = project(view, x + 1, y);
  const below = project(view, x, y + 1);
  const area = (right.x - here.x) * (below.y - here.y) - (right.y - here.y) * (below.x - here.x);
  return Math.sqrt(Math.abs(area));
}

/** Length over which a hand's line strays one way, in page units. */
const STRAY_LENGTH = 35;

/** The corners of a line as a hand draws it. */
function strayed({ points, wobble }: Stroke, noise: NoiseTile, seed: number): readonly Point[] {
  if (wobble === 0) return points;
  let along = 0;
  return points.slice(1).flatMap((to, index) => {
    const from = points[index];
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    const pieces = Math.max(1, Math.ceil(length / (STRAY_LENGTH / 3)));
    const [nx, ny] = length === 0 ? [0, 0] : [(from.y - to.y) / length, (to.x - from.x) / length];
    const first = index === 0 ? 0 : 1;
    return Array.from({ length: pieces + 1 - first }, (_, place) => {
      const t = (place + first) / pieces;
      const stray = wobble * noise.smooth((along + t * length) / STRAY_LENGTH + seed, seed * 0.37);
      if (t === 1) along += length;
      return { x: from.x + t * (to.x - from.x) + nx * stray, y: from.y + t * (to.y - from.y) + ny * stray };
    });
  });
}

/** Draws a line from corner to corner, in pixels of the raster. */
export function paintPolyline(
  raster: Raster,
  points: readonly Point[],
  { colour, opacity }: Pick<Stroke, 'colour' | 'opacity'>,
  width: number,
): void {
  const levels = levelsOf(raster, colour);
  for (let index = 1; index < points.length; index++) {
    paintPiece(raster, points[index - 1], points[index], levels, opacity, width);
  }
}

/** A straight piece, walked along its longer axis so that only pixels near it are touched. */
function paintPiece(
  { width: wide, height: high, planes }: Raster,
  from: Point,
  to: Point,
  levels: readonly number[],
  opacity: number,
  width: number,
): void {
  const flat = Math.abs(to.x - from.x) >= Math.abs(to.y - from.y);
  const [a, b] = (flat ? to.x < from.x : to.y < from.y) ? [to, from] : [from, to];
  const [start, end] = flat ? [a.x, b.x] : [a.y, b.y];
  const [side, otherSide] = flat ? [a.y, b.y] : [a.x, b.x];
  const slope = end - start < 1e-6 ? 0 : (otherSide - side) / (end - start);
  // Width as measured along the shorter axis; a line thinner than a pixel covers a part of it.
  const half = (Math.max(width, 1) / 2) * Math.sqrt(1 + slope * slope);
  const strength = opacity * Math.min(1, width);
  const [most, mostSide] = flat ? [wide, high] : [high, wide];
  for (let u = Math.max(0, Math.ceil(start - 0.5)); u <= Math.min(most - 1, Math.floor(end + 0.5)); u++) {
    const middle = side + slope * (u - start);
    const first = Math.max(0, Math.ceil(middle - half - 0.5));
    const last = Math.min(mostSide - 1, Math.floor(middle + half + 0.5));
    for (let v = first; v <= last; v++) {
      const cover = strength * Math.min(1, half - Math.abs(v - middle) + 0.5);
      const at = flat ? v * wide + u : u * wide + v;
      for (let plane = 0; plane < planes.length; plane++)
        planes[plane][at] += cover * (levels[plane] - planes[plane][at]);
    }
  }
}
