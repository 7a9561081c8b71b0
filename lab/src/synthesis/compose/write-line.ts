import type { Random } from '@inkcast/training/random';
import { EM, type Glyph, GRID } from '../glyphs/glyph.js';
import type { Mark, Pen } from '../scene/scene.js';

/** The handwriting of a line. Lengths are relative to the height of a digit, unless another unit is named. */
export interface Hand {
  readonly pen: Pen;
  /** Height of a digit in page units. */
  readonly size: number;
  /** Space between neighbours. */
  readonly gap: number;
  /** Radians. */
  readonly slant: number;
  /** Direction of the line in radians. */
  readonly angle: number;
  readonly stretch: number;
  /** Unevenness of sizes, places and slants. 0 is perfectly even. */
  readonly unrest: number;
  /** Grid units. */
  readonly bend: number;
}

/**
 * Writes glyphs one after the other.
 *
 * @param x start of the ink, and `y` the centre of the line, in page units
 */
export function writeLine(glyphs: readonly Glyph[], x: number, y: number, hand: Hand, random: Random): Mark[] {
  const units = hand.size / EM;
  let along = 0;
  return glyphs.map((glyph) => {
    const { left, right } = inkColumns(glyph, hand.pen.width / 2);
    const size = hand.size * (1 + 0.5 * hand.unrest * random.normal());
    const start = (left - GRID / 2) * units * hand.stretch;
    const middle = along - start;
    const lift = 0.4 * hand.unrest * hand.size * random.normal() + (glyph.drop ?? 0) * units;
    along += (right - left) * units * hand.stretch + hand.gap * hand.size * (1 + hand.unrest * random.normal());
    return {
      glyph,
      pen: hand.pen,
      x: x + Math.cos(hand.angle) * middle - Math.sin(hand.angle) * lift,
      y: y + Math.sin(hand.angle) * middle + Math.cos(hand.angle) * lift,
      size,
      stretch: hand.stretch * (1 + 0.3 * hand.unrest * random.normal()),
      slant: hand.slant + 0.4 * hand.unrest * random.normal(),
      angle: hand.angle + 0.2 * hand.unrest * random.normal(),
      bend: hand.bend,
    };
  });
}

/** Width of a line's ink in page units. */
export function lineWidth(glyphs: readonly Glyph[], hand: Hand): number {
  const units = (hand.size / EM) * hand.stretch;
  const widths = glyphs.map((glyph) => {
    const { left, right } = inkColumns(glyph, hand.pen.width / 2);
    return (right - left) * units;
  });
  return widths.reduce((sum, width) => sum + width, 0) + Math.max(0, glyphs.length - 1) * hand.gap * hand.size;
}

/** The first column with ink and the one after the last, if a pen of this radius draws the glyph. */
function inkColumns({ distances }: Glyph, reach: number): { left: number; right: number } {
  let left = GRID;
  let right = 0;
  for (let y = 0; y < GRID; y++) {
    for (let x = 0; x < GRID; x++) {
      if (distances[y * GRID + x] > reach) continue;
      if (x < left) left = x;
      if (x >= right) right = x + 1;
    }
  }
  return right <= left ? { left: GRID / 2, right: GRID / 2 } : { left, right };
}
