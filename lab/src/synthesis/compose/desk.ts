import type { Random } from '@inkcast/training/random';
import { chance, logUniform } from '../draws.js';
import type { NoiseTile } from '../noise-tile.js';
import { paintPolyline } from '../render/paint-strokes.js';
import type { Raster } from '../render/raster.js';
import type { Point } from '../scene/homography.js';
import type { Desk } from '../scene/scene.js';
import { gray, practiceDesk } from './looks.js';
import { composeTexture } from './texture-frame.js';

/** Number of corners of a random curve. */
const PIECES = 24;

/**
 * A desk with objects: patterns, slabs and straight edges, legs and cables. Long and thin objects look like a 1, but are
 * none.
 */
export function drawDesk(width: number, height: number, noise: NoiseTile, random: Random): Desk {
  const desk = practiceDesk(random);
  const backdrop = new Float32Array(width * height);
  const texture = chance(random, 0.5) ? composeTexture(noise, random, { width, height }).gray : undefined;
  const shift = random.integer(65536);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const figure = desk.figure * noise.fractal((x + shift) / desk.along, y / desk.across, 2);
      backdrop[at] = texture?.[at] ?? desk.colour[0] + figure;
    }
  }
  const raster: Raster = { width, height, planes: [backdrop] };
  const slabs = random.integer(4);
  for (let slab = 0; slab < slabs; slab++) {
    const length = Math.max(width, height);
    drawStraight(raster, logUniform(random, 0.05, 0.4) * length, random);
  }
  const legs = random.integer(5);
  for (let leg = 0; leg < legs; leg++) drawStraight(raster, logUniform(random, 2, 24), random);
  const cables = random.integer(4);
  for (let cable = 0; cable < cables; cable++) drawCable(raster, logUniform(random, 1.5, 9), random);
  return { ...desk, colour: gray(0), backdrop };
}

/** A straight object with a bright or dark side: a leg, a ruler, the edge of a table. */
function drawStraight(raster: Raster, width: number, random: Random): void {
  const { width: wide, height: high } = raster;
  const angle = random.uniform(0, Math.PI);
  const reach = chance(random, 0.5) ? 2 * (wide + high) : random.uniform(0.05, 0.6) * (wide + high);
  const middle = { x: random.uniform(0, wide), y: random.uniform(0, high) };
  const end = (side: number, off: number): Point => ({
    x: middle.x + (side * reach * Math.cos(angle)) / 2 - off * Math.sin(angle),
    y: middle.y + (side * reach * Math.sin(angle)) / 2 + off * Math.cos(angle),
  });
  const level = random.uniform(10, 245);
  const line = (off: number, share: number, tone: number): void =>
    paintPolyline(raster, [end(-1, off), end(1, off)], { colour: gray(tone), opacity: 1 }, share * width);
  line(0, 1, level);
  if (chance(random, 0.5)) line(0.35 * width, 0.25, level + random.uniform(-70, 70));
}

/** A cable, a string, a shoelace: one smooth bent line. */
function drawCable(raster: Raster, width: number, random: Random): void {
  const { width: wide, height: high } = raster;
  const level = random.uniform(5, 250);
  let [x, y, angle] = [random.uniform(0, wide), random.uniform(0, high), random.uniform(0, 2 * Math.PI)];
  let bend = 0;
  const step = logUniform(random, 0.01, 0.06) * (wide + high);
  const points: Point[] = [];
  for (let piece = 0; piece < PIECES; piece++) {
    points.push({ x, y });
    bend = 0.7 * bend + 0.15 * random.normal();
    angle += bend;
    x += step * Math.cos(angle);
    y += step * Math.sin(angle);
  }
  paintPolyline(raster, points, { colour: gray(level), opacity: random.uniform(0.8, 1) }, width);
}
