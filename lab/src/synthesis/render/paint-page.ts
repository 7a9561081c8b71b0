import type { NoiseTile } from '../noise-tile.js';
import { invert } from '../scene/homography.js';
import type { Desk, Page, RuledLines, Scene } from '../scene/scene.js';
import type { Raster } from './raster.js';

/** How far the page's own shadow reaches onto the desk, in page units, and how dark it is at the page's edge. */
const CAST_REACH = 9;
const CAST_DEPTH = 0.35;

/** Fills a picture with the page, its lines and the desk around it. */
export function paintPage(raster: Raster, scene: Scene, noise: NoiseTile): void {
  const { page, desk, noiseOffset } = scene;
  const [a, b, c, d, e, f, g, h, i] = invert(scene.view);
  const [red, green, blue] = raster.planes;
  for (let v = 0, at = 0; v < raster.height; v++) {
    for (let u = 0; u < raster.width; u++, at++) {
      const w = g * u + h * v + i;
      const x = (a * u + b * v + c) / w;
      const y = (d * u + e * v + f) / w;
      const within = Math.min(x, y, page.width - x, page.height - y);
      const paper = Math.min(1, Math.max(0, within + 0.5));
      let level = paper === 0 ? 0 : paperLevel(page, noise, x + noiseOffset, y);
      let [r, gr, bl] = page.colour;
      if (paper > 0) {
        for (const lines of page.lines) {
          const cover = lineCover(lines, x, y);
          r += cover * (lines.colour[0] - r);
          gr += cover * (lines.colour[1] - gr);
          bl += cover * (lines.colour[2] - bl);
        }
      }
      if (paper < 1) {
        const cast = 1 - CAST_DEPTH * Math.max(0, 1 + within / CAST_REACH);
        const figure = deskLevel(desk, noise, u + noiseOffset, v);
        r = paper * r + (1 - paper) * (desk.colour[0] + figure) * cast;
        gr = paper * gr + (1 - paper) * (desk.colour[1] + figure) * cast;
        bl = paper * bl + (1 - paper) * (desk.colour[2] + figure) * cast;
        level *= paper;
      }
      red[at] = r + level;
      green[at] = gr + level;
      blue[at] = bl + level;
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

/** How much of a point the lines cover, 0 to their opacity. */
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
