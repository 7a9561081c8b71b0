import type { Random } from '@inkcast/training/random';
import { chance, logUniform, pick } from '../draws.js';
import { EM } from '../glyphs/glyph.js';
import type { Colour, Desk, Pen, RuledLines } from '../scene/scene.js';

/** The tones of paper, ink and print. */
export interface Tones {
  readonly paper: Colour;
  readonly ink: Colour;
  readonly print: Colour;
  /** Contrast between ink and paper in levels; negative for dark ink. */
  readonly contrast: number;
}

export const gray = (level: number): Colour => [level, level, level];

/** Dark ink on light paper. Most of it is clearly visible, some is as pale as pencil. */
export function drawTones(random: Random): Tones {
  const paper = chance(random, 0.2) ? random.uniform(100, 180) : random.uniform(170, 250);
  const strength = chance(random, 0.25) ? random.uniform(0.25, 0.45) : random.uniform(0.45, 0.95);
  const contrast = -Math.max(40, strength * paper);
  const print = paper * (1 - (chance(random, 0.25) ? random.uniform(0.25, 0.6) : random.uniform(0.6, 0.95)));
  return { paper: gray(paper), ink: gray(paper + contrast), print: gray(print), contrast };
}

/** Chalk on a board, or white on a dark screen. */
export function drawDarkTones(random: Random): Tones {
  const paper = random.uniform(10, 100);
  const contrast = random.uniform(60, 235 - paper);
  return { paper: gray(paper), ink: gray(paper + contrast), print: gray(paper + 0.8 * contrast), contrast };
}

/**
 * Any pen, from a hard pencil to a marker whose stroke is a quarter of the digit's height.
 *
 * @param digitHeight in pixels; it limits the minimum width of a stroke to almost a pixel
 */
export function drawPen(colour: Colour, digitHeight: number, random: Random): Pen {
  const thinnest = Math.max(0.025, 1 / digitHeight);
  const share = pick(random, [
    logUniform(random, 0.04, 0.09),
    logUniform(random, 0.06, 0.14),
    logUniform(random, 0.1, 0.18),
    logUniform(random, 0.15, 0.25),
  ]);
  const dry = chance(random, 0.2);
  return {
    colour,
    width: EM * Math.max(thinnest, share),
    opacity: random.uniform(0.8, 1),
    feather: random.uniform(0, dry ? 3 : 1.5),
    pressure: chance(random, 0.2) ? random.uniform(0.2, 0.5) : random.uniform(0, 0.2),
    grain: dry ? random.uniform(0.2, 0.7) : random.uniform(0, 0.15),
  };
}

/** Maximum strength of lines, relative to the ink over them. */
const MAX_LINE_CONTRAST = 1.3;

/** Printed lines of a sheet, from the pale lines of an exercise book to black ones. @param spacing in page units */
export function drawRuling({ paper, contrast }: Tones, spacing: number, random: Random): RuledLines[] {
  const wanted = chance(random, 0.4) ? random.uniform(0.5, 0.95) : random.uniform(0.12, 0.5);
  const darkness = Math.min(wanted, (MAX_LINE_CONTRAST * Math.abs(contrast)) / paper[0]);
  const kind = pick(random, ['ruled', 'ruled', 'ruled', 'grid', 'grid', 'dots'] as const);
  const lines: RuledLines = {
    kind,
    spacing: kind === 'ruled' ? spacing : spacing * logUniform(random, 0.3, 1.2),
    width: logUniform(random, 0.7, Math.max(1, Math.min(4, spacing / 14))) * (kind === 'dots' ? 1.8 : 1),
    colour: gray(paper[0] * (1 - darkness)),
    opacity: random.uniform(0.6, 1),
    angle: chance(random, 0.15) ? Math.PI / 2 : 0,
    offset: random.uniform(0, spacing),
  };
  if (kind !== 'ruled' || chance(random, 0.5)) return [lines];
  const margin = { ...lines, angle: lines.angle + Math.PI / 2, spacing: 5000, offset: -random.uniform(20, 500) };
  return [lines, margin];
}

/** A table or a board of wood, cloth or stone. */
export function practiceDesk(random: Random): Desk {
  const level = random.uniform(15, 220);
  const grained = chance(random, 0.5);
  return {
    colour: [level, level * random.uniform(0.75, 1.1), level * random.uniform(0.6, 1.15)],
    figure: random.uniform(0, 25),
    along: grained ? random.uniform(60, 300) : random.uniform(4, 40),
    across: random.uniform(3, 25),
    angle: random.uniform(-Math.PI, Math.PI),
  };
}
