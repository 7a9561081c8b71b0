import type { Random } from '@inkcast/training/random';
import { pick } from '../draws.js';
import { EM } from '../glyphs/glyph.js';
import type { Colour, Pen } from '../scene/scene.js';

export type PenKind = 'ballpoint' | 'gel' | 'felt' | 'marker' | 'pencil' | 'chalk' | 'board-marker';

const INKS: Readonly<Record<PenKind, readonly Colour[]>> = {
  ballpoint: [
    [40, 55, 140],
    [45, 45, 55],
  ],
  gel: [
    [25, 25, 30],
    [30, 40, 120],
    [150, 35, 45],
  ],
  felt: [
    [30, 28, 32],
    [35, 50, 130],
    [25, 95, 60],
    [165, 40, 40],
  ],
  marker: [
    [28, 28, 30],
    [30, 60, 150],
    [20, 105, 65],
    [185, 35, 35],
  ],
  pencil: [[88, 88, 92]],
  chalk: [
    [228, 228, 222],
    [235, 225, 170],
  ],
  'board-marker': [
    [35, 35, 40],
    [40, 60, 160],
    [190, 45, 45],
    [30, 120, 75],
  ],
};

/** Minimum and maximum stroke width, relative to the height of a digit. */
const WIDTHS: Readonly<Record<PenKind, readonly [number, number]>> = {
  ballpoint: [0.05, 0.08],
  gel: [0.06, 0.1],
  felt: [0.08, 0.13],
  marker: [0.13, 0.19],
  pencil: [0.055, 0.085],
  chalk: [0.1, 0.15],
  'board-marker': [0.09, 0.13],
};

/** A random pen of a kind, for a digit of normal size. */
export function pen(kind: PenKind, random: Random): Pen {
  const [least, greatest] = WIDTHS[kind];
  const dry = kind === 'pencil' || kind === 'chalk';
  return {
    colour: pick(random, INKS[kind]),
    width: EM * random.uniform(least, greatest),
    opacity: dry ? random.uniform(0.8, 0.95) : random.uniform(0.86, 0.98),
    feather: dry ? 1.5 : 0.5,
    pressure: kind === 'ballpoint' || dry ? 0.16 : 0.1,
    grain: dry ? random.uniform(0.35, 0.6) : kind === 'ballpoint' || kind === 'board-marker' ? 0.12 : 0.05,
  };
}
