import type { NoiseTile } from '../noise-tile.js';
import { invert } from '../scene/homography.js';
import type { Desk, Page, RuledLines, Scene } from '../scene/scene.js';
import { levelsOf, type Raster } from './raster.js';

/** Width of the page's shadow on the desk in page units, and its darkness at the edge of the page. */
const CAST_REACH = 9;
const CAST_DEPTH = 0.35;

/** Fills a picture with the page, its lines and the desk around it. */
export function paintPage(raster: Raster, scene: Scene, noise: NoiseTile): void {
  const { page, desk, noiseOffset } = scene;
  const [a, b, c, d, e, f, g, h, i] = invert(scene.view);
  const { planes } = raster;
  const pageLevels = levelsOf(raster, page.colour);
  const deskLevels = levelsOf(raster, desk.colour);
  const lineLevels = page.lines.map(({ colour }) => levelsOf(raster, colour));
  const covers = new Float64Array(page.lines.length);
  for (let v = 0, at = 0; v < raster.height; v++) {
    for (let u = 0; u < raster.width; u++, at++) {
      const w = g * u + h * v + i;
      const x = (a * u + b * v + c) / w;
      const y = (d * u + e * v + f) / w;
      // Behind the camera there is no page.
      const within = w > 0 ? Math.min(x, y, page.width - x, page.height - y) : -CAST_REACH;
      const paper = Math.min(1, Math.max(0, within + 0.5));
      const level = paper === 0 ? 0 : paper * paperLevel(page, noise, x + noiseOffset, y);
      const cast = paper < 1 ? 1 - CAST_DEPTH * Math.max(0, 1 + within / CAST_REACH) : 1;
      const figure = paper < 1 ? (desk.backdrop?.[at] ?? deskLevel(desk, noise, u + noiseOffset, v)) : 0;
      if (paper > 0)
        page.lines.forEach((lines, index) => {
          covers[index] = lineCover(lines, x, y);
        });
      for (let plane = 0; plane < planes.length; plane++) {
        let value = pageLevels[plane];
        if (paper > 0) {
          for (let line = 0; line < covers.length; line++) value += covers[line] * (lineLevels[line][plane] - value);
        }
        if (paper < 1) value = paper * value + (1 - paper) * (deskLevels[plane] + figure) * cast;
        planes[plane][at] = value + level;
      }
    }
  }
}

function paperLevel(page: Page, noise: NoiseTile, x: number, y: number): number {
  let level = 0;
  if (page.texture > 0) level += page.texture * noise.smooth(x / 1.7, y / 1.7);
  if (page.stains > 0) level += page.stains * noise.fractal(x / 90, y / 90, 3);
  return level;
}

function deskLevel(desk: Desk, noise: NoiseTile, x: number, y: number): number {
  const cos = Math.cos(desk.angle);
  const sin = Math.sin(desk.angle);
  return desk.figure * noise.fractal((cos * x + sin * y) / desk.along, (cos * y - sin * x) / desk.across, 3);
}

/** Coverage of a point by the lines, 0 to their opacity. */
function lineCover(lines: RuledLines, x: number, y: number): number {
  const cos = Math.cos(lines.angle);
  const sin = Math.sin(lines.angle);
  const down = coverAlong(lines, cos * y - sin * x);
  if (lines.kind === 'ruled') return lines.opacity * down;
  const across = coverAlong(lines, cos * x + sin * y);
  return lines.opacity * (lines.kind === 'grid' ? Math.max(down, across) : Math.min(down, across));
}

function coverAlong({ spacing, offset, width }: RuledLines, position: number): number {
  const phase = (((position - offset) % spacing) + spacing) % spacing;
  const distance = Math.min(phase, spacing - phase);
  return Math.min(1, Math.max(0, width / 2 - distance + 0.5));
}
