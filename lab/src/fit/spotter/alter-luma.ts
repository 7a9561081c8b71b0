import type { Random } from '@inkcast/training/random';
import { chance } from '../../synthesis/index.js';

/** Augments a cut in place: contrast, light, lines, focus, noise. Values stay in 0 to 1. */
export function alterLuma(luma: Float32Array, side: number, random: Random): void {
  if (chance(random, 0.15)) drawLines(luma, side, random);
  if (chance(random, 0.25)) shade(luma, side, random);
  if (chance(random, 0.4)) {
    const gain = random.uniform(0.55, 1.3);
    const shift = random.uniform(-0.2, 0.2);
    for (let at = 0; at < luma.length; at++) luma[at] = (luma[at] - 0.5) * gain + 0.5 + shift;
  }
  if (chance(random, 0.12)) for (let at = 0; at < luma.length; at++) luma[at] = 1 - luma[at];
  if (chance(random, 0.25)) focus(luma, side, random.uniform(-0.7, 0.9));
  if (chance(random, 0.3)) {
    const deviation = random.uniform(0.004, 0.035);
    for (let at = 0; at < luma.length; at++) luma[at] += deviation * random.normal();
  }
  for (let at = 0; at < luma.length; at++) luma[at] = Math.min(1, Math.max(0, luma[at]));
}

/** Ruled lines, horizontal or vertical, darker or lighter than the background. */
function drawLines(luma: Float32Array, side: number, random: Random): void {
  const upright = chance(random, 0.3);
  const gap = random.uniform(16, 90);
  const width = random.uniform(0.6, 3);
  const slope = random.uniform(-0.08, 0.08);
  const level = chance(random, 0.8) ? random.uniform(0, 0.5) : random.uniform(0.7, 1);
  const strength = random.uniform(0.4, 1);
  const isDark = level < 0.6;
  const count = 1 + random.integer(4);
  const first = random.uniform(0, side / 2);
  for (let line = 0; line < count; line++) {
    for (let along = 0; along < side; along++) {
      const middle = first + line * gap + slope * along;
      for (let across = Math.floor(middle - width); across <= middle + width; across++) {
        if (across < 0 || across >= side) continue;
        const cover = strength * Math.min(1, Math.max(0, width / 2 + 0.5 - Math.abs(across + 0.5 - middle)));
        const at = upright ? along * side + across : across * side + along;
        const mixed = luma[at] + cover * (level - luma[at]);
        luma[at] = isDark ? Math.min(luma[at], mixed) : mixed;
      }
    }
  }
}

/** Light that falls off to one side or to the corners. */
function shade(luma: Float32Array, side: number, random: Random): void {
  const [slopeX, slopeY, vignette] = [random.uniform(-0.5, 0.5), random.uniform(-0.5, 0.5), random.uniform(0, 0.7)];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [u, v] = [x / side - 0.5, y / side - 0.5];
      luma[y * side + x] *= Math.max(0.1, 1 + slopeX * u + slopeY * v - vignette * 2 * (u * u + v * v));
    }
  }
}

/** Blurs with a share `amount` of a 3x3 mean. A negative amount sharpens. */
function focus(luma: Float32Array, side: number, amount: number): void {
  const before = luma.slice();
  for (let y = 1; y < side - 1; y++) {
    for (let x = 1; x < side - 1; x++) {
      const at = y * side + x;
      let sum = 0;
      for (let row = -side; row <= side; row += side) {
        sum += before[at + row - 1] + before[at + row] + before[at + row + 1];
      }
      luma[at] = before[at] + amount * (sum / 9 - before[at]);
    }
  }
}
