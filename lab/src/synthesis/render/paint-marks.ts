import { distanceAt, EM, GRID } from '../glyphs/glyph.js';
import type { NoiseTile } from '../noise-tile.js';
import { invert, type Point, project } from '../scene/homography.js';
import type { Mark, Scene } from '../scene/scene.js';
import { levelsOf, type Raster } from './raster.js';

/** The box of a mark's ink, in pixels of the frame; `x + width` is outside of it. */
export interface InkBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A mark's ink within the frame. */
export interface SeenInk {
  readonly box: InkBox;
  /** Coverage of each pixel of the box by the ink, 0 to 255; row-major. */
  readonly coverage: Uint8Array;
  /** Whether the ink visibly continues beyond the frame. */
  readonly atEdge: boolean;
  /** Approximate share of its ink in the frame, 0 to 1. */
  readonly within: number;
}

/** Minimum coverage of a pixel that counts as ink. */
const INKED = 90;

/**
 * Draws the marks onto the page.
 *
 * @returns for each mark its ink within the frame; undefined where there is none
 */
export function paintMarks(raster: Raster, scene: Scene, noise: NoiseTile): (SeenInk | undefined)[] {
  const toPage = invert(scene.view);
  return scene.marks.map((mark, index) => paintMark(raster, scene, noise, mark, index, toPage));
}

function paintMark(
  raster: Raster,
  scene: Scene,
  noise: NoiseTile,
  mark: Mark,
  index: number,
  toPage: readonly number[],
): SeenInk | undefined {
  const { pen, glyph } = mark;
  const [a, b, c, d, e, f, g, h, i] = toPage;
  const frame = markFrame(mark, scene);
  const cos = Math.cos(mark.angle);
  const sin = Math.sin(mark.angle);
  const lean = Math.tan(mark.slant);
  const units = EM / mark.size;
  const blur = pen.feather + units * pagePerPixel(scene, mark);
  const seed = 13 * index + scene.noiseOffset;
  const { planes } = raster;
  const ink = levelsOf(raster, pen.colour);
  const wide = frame.right - frame.left + 1;
  const drawn = new Uint8Array(Math.max(0, wide) * Math.max(0, frame.bottom - frame.top + 1));
  for (let v = frame.top; v <= frame.bottom; v++) {
    for (let u = frame.left; u <= frame.right; u++) {
      const w = g * u + h * v + i;
      const px = (a * u + b * v + c) / w;
      const py = (d * u + e * v + f) / w;
      const dx = px - mark.x;
      const dy = py - mark.y;
      const ly = cos * dy - sin * dx;
      const lx = (cos * dx + sin * dy + lean * ly) / mark.stretch;
      let gx = lx * units + GRID / 2;
      let gy = ly * units + GRID / 2;
      if (mark.bend > 0) {
        const bx = noise.smooth(gx / 38 + seed, gy / 38);
        const by = noise.smooth(gx / 38, gy / 38 + seed + 7);
        gx += mark.bend * bx;
        gy += mark.bend * by;
      }
      const distance = distanceAt(glyph, gx, gy);
      if (distance > 2 * pen.width + blur) continue;
      const swell = pen.pressure === 0 ? 1 : 1 + pen.pressure * noise.smooth(gx / 25 + seed, gy / 25 + 3);
      const depth = 0.5 + ((pen.width / 2) * swell - distance) / blur;
      if (depth <= 0) continue;
      const at = v * raster.width + u;
      const cover = Math.min(1, depth) * pen.opacity * grainCover(pen.grain, noise, px + seed, py, units);
      for (let plane = 0; plane < planes.length; plane++) planes[plane][at] += cover * (ink[plane] - planes[plane][at]);
      drawn[(v - frame.top) * wide + u - frame.left] = 255 * Math.min(1, depth);
    }
  }
  const seen = cutToInk(drawn, frame.left, frame.top, wide);
  if (seen === undefined) return undefined;
  const { x, y, width, height } = seen.box;
  const atEdge = Math.min(x, y, raster.width - x - width, raster.height - y - height) === 0;
  return { ...seen, atEdge, within: atEdge ? shareWithin(scene, mark) : 1 };
}

function cutToInk(
  drawn: Uint8Array,
  x: number,
  y: number,
  wide: number,
): Pick<SeenInk, 'box' | 'coverage'> | undefined {
  let left = wide;
  let right = -1;
  let top = drawn.length;
  let bottom = -1;
  for (let row = 0, at = 0; at < drawn.length; row++) {
    for (let column = 0; column < wide; column++, at++) {
      if (drawn[at] < INKED) continue;
      left = Math.min(left, column);
      right = Math.max(right, column);
      top = Math.min(top, row);
      bottom = row;
    }
  }
  if (right < 0) return undefined;
  const box = { x: x + left, y: y + top, width: right - left + 1, height: bottom - top + 1 };
  const coverage = new Uint8Array(box.width * box.height);
  for (let row = 0; row < box.height; row++) {
    const start = (top + row) * wide + left;
    coverage.set(drawn.subarray(start, start + box.width), row * box.width);
  }
  return { box, coverage };
}

/** Ink only on the high points of the paper: strokes of pencil and chalk have holes. */
function grainCover(grain: number, noise: NoiseTile, x: number, y: number, units: number): number {
  if (grain === 0) return 1;
  const scale = Math.max(1, 0.6 / units);
  const hill = 0.5 + 0.45 * noise.smooth(x / scale, y / scale) + 0.3 * noise.smooth(x / (4 * scale), y / (4 * scale));
  return 1 - grain * Math.min(1, Math.max(0, 1 - hill));
}

/** Page units that a pixel covers at the mark. */
function pagePerPixel(scene: Scene, { x, y }: Mark): number {
  const here = project(scene.view, x, y);
  const right = project(scene.view, x + 1, y);
  const below = project(scene.view, x, y + 1);
  const area = Math.abs((right.x - here.x) * (below.y - here.y) - (right.y - here.y) * (below.x - here.x));
  return 1 / Math.sqrt(Math.max(1e-6, area));
}

/** Step in grid units of the search for ink. */
const PROBE = 4;

/** The share of a mark's ink that the frame holds. */
function shareWithin({ view, width, height }: Scene, mark: Mark): number {
  const { glyph, pen } = mark;
  const [cos, sin, lean] = [Math.cos(mark.angle), Math.sin(mark.angle), Math.tan(mark.slant)];
  const size = mark.size / EM;
  let ink = 0;
  let held = 0;
  for (let gy = 0; gy < GRID; gy += PROBE) {
    for (let gx = 0; gx < GRID; gx += PROBE) {
      if (glyph.distances[gy * GRID + gx] > pen.width / 2 + 1) continue;
      const down = (gy - GRID / 2) * size;
      const along = (gx - GRID / 2) * size * mark.stretch - lean * down;
      const { x, y } = project(view, mark.x + cos * along - sin * down, mark.y + sin * along + cos * down);
      ink++;
      if (x >= -0.5 && y >= -0.5 && x < width && y < height) held++;
    }
  }
  return ink === 0 ? 1 : held / ink;
}

/** The pixels that a mark may touch. */
function markFrame(mark: Mark, { width, height, view }: Scene) {
  const reach = 0.75 * mark.size * (GRID / EM) * Math.max(1, mark.stretch) * (1 + Math.abs(Math.tan(mark.slant)) / 2);
  const corners: Point[] = [-1, 1].flatMap((sx) =>
    [-1, 1].map((sy) => project(view, mark.x + sx * reach, mark.y + sy * reach)),
  );
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  return {
    left: Math.max(0, Math.floor(Math.min(...xs))),
    right: Math.min(width - 1, Math.ceil(Math.max(...xs))),
    top: Math.max(0, Math.floor(Math.min(...ys))),
    bottom: Math.min(height - 1, Math.ceil(Math.max(...ys))),
  };
}
