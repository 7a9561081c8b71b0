import type { NoiseTile } from '../noise-tile.js';
import { type Point, project } from '../scene/homography.js';
import type { Scene, Stroke } from '../scene/scene.js';
import { levelsOf, type Raster } from './raster.js';

/** Draws the lines of the page that are not characters. */
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

/** Length in page units over which a hand-drawn line deviates in one direction. */
const STRAY_LENGTH = 35;

/** The corners of a hand-drawn line. */
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

/** Draws a line from corner to corner, in pixels of the raster. It is not darker where it crosses itself. */
export function paintPolyline(
  raster: Raster,
  points: readonly Point[],
  { colour, opacity }: Pick<Stroke, 'colour' | 'opacity'>,
  width: number,
): void {
  const { width: wide, planes } = raster;
  const reach = Math.max(width, 1) / 2 + 1;
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const left = Math.max(0, Math.floor(Math.min(...xs) - reach));
  const right = Math.min(wide - 1, Math.ceil(Math.max(...xs) + reach));
  const top = Math.max(0, Math.floor(Math.min(...ys) - reach));
  const bottom = Math.min(raster.height - 1, Math.ceil(Math.max(...ys) + reach));
  if (right < left || bottom < top) return;
  const cover: Cover = { left, right, top, bottom, values: new Float32Array((right - left + 1) * (bottom - top + 1)) };
  for (let index = 1; index < points.length; index++) {
    coverPiece(cover, points[index - 1], points[index], Math.max(width, 1) / 2);
  }
  const levels = levelsOf(raster, colour);
  // A line thinner than a pixel covers a part of it.
  const strength = opacity * Math.min(1, width);
  for (let y = top, from = 0; y <= bottom; y++) {
    for (let x = left; x <= right; x++, from++) {
      const share = cover.values[from];
      if (share === 0) continue;
      const at = y * wide + x;
      for (let plane = 0; plane < planes.length; plane++) {
        planes[plane][at] += strength * share * (levels[plane] - planes[plane][at]);
      }
    }
  }
}

/** How much of each pixel of a part of the raster a line covers; its bounds are the first and last pixels. */
interface Cover {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly values: Float32Array;
}

/** Adds a straight piece with round ends, walked along its longer axis so that only pixels near it are touched. */
function coverPiece({ left, right, top, bottom, values }: Cover, from: Point, to: Point, half: number): void {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length2 = Math.max(1e-9, dx * dx + dy * dy);
  const flat = Math.abs(dx) >= Math.abs(dy);
  const slope = flat ? dy / (dx || 1) : dx / (dy || 1);
  const reach = half + 1;
  const aside = reach * Math.sqrt(1 + slope * slope);
  const [start, end] = flat
    ? [Math.min(from.x, to.x), Math.max(from.x, to.x)]
    : [Math.min(from.y, to.y), Math.max(from.y, to.y)];
  const [first, last, firstAside, lastAside] = flat ? [left, right, top, bottom] : [top, bottom, left, right];
  for (let u = Math.max(first, Math.floor(start - reach)); u <= Math.min(last, Math.ceil(end + reach)); u++) {
    const middle = flat ? from.y + slope * (u - from.x) : from.x + slope * (u - from.y);
    for (
      let v = Math.max(firstAside, Math.floor(middle - aside));
      v <= Math.min(lastAside, Math.ceil(middle + aside));
      v++
    ) {
      const [x, y] = flat ? [u, v] : [v, u];
      const t = Math.min(1, Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / length2));
      const distance = Math.hypot(x - from.x - t * dx, y - from.y - t * dy);
      const at = (y - top) * (right - left + 1) + x - left;
      values[at] = Math.max(values[at], Math.min(1, Math.max(0, half - distance + 0.5)));
    }
  }
}
