import type { Random } from '@inkcast/training/random';
import { chance, pick } from '../draws.js';
import type { Colour, Page, RuledLines } from '../scene/scene.js';

export type PaperKind =
  | 'plain'
  | 'ruled'
  | 'grid'
  | 'dots'
  | 'sticky'
  | 'kraft'
  | 'recycled'
  | 'whiteboard'
  | 'blackboard'
  | 'greenboard';

/** Kinds of paper that are written on with something dark. */
export const LIGHT_PAPERS: readonly PaperKind[] = [
  'plain',
  'plain',
  'ruled',
  'grid',
  'dots',
  'sticky',
  'kraft',
  'recycled',
  'whiteboard',
];

export const DARK_BOARDS: readonly PaperKind[] = ['blackboard', 'greenboard'];

type Sheet = Pick<Page, 'colour' | 'texture' | 'stains' | 'lines'>;

/** The look of a sheet of that kind. @param spacing between its lines, in page units */
export function paper(kind: PaperKind, spacing: number, random: Random): Sheet {
  const plain = { texture: random.uniform(0.8, 2), stains: random.uniform(0.5, 1.5), lines: [] };
  switch (kind) {
    case 'plain':
      return { ...plain, colour: near([239, 237, 230], 6, random) };
    case 'ruled':
      return { ...plain, colour: near([240, 239, 234], 5, random), lines: notebookLines(spacing, random) };
    case 'grid':
    case 'dots':
      return { ...plain, colour: near([241, 240, 236], 4, random), lines: [squares(kind, spacing, random)] };
    case 'sticky': {
      const colour = pick<Colour>(random, [
        [247, 232, 120],
        [250, 190, 200],
        [180, 225, 170],
      ]);
      return { ...plain, colour: near(colour, 8, random), texture: 1.2 };
    }
    case 'kraft':
      return { colour: near([190, 152, 108], 10, random), texture: 4.5, stains: 3, lines: [] };
    case 'recycled':
      return { colour: near([205, 202, 192], 8, random), texture: 3.5, stains: 2.5, lines: [] };
    case 'whiteboard':
      return { colour: near([232, 235, 238], 5, random), texture: 0.3, stains: 2.5, lines: [] };
    case 'blackboard':
      return { colour: near([48, 52, 54], 8, random), texture: 2.5, stains: 5, lines: [] };
    case 'greenboard':
      return { colour: near([46, 84, 66], 8, random), texture: 2.5, stains: 5, lines: [] };
  }
}

function near(colour: Colour, spread: number, random: Random): Colour {
  const common = random.uniform(-spread, spread);
  const channel = (value: number): number => value + common + random.uniform(-spread, spread) / 3;
  return [channel(colour[0]), channel(colour[1]), channel(colour[2])];
}

function notebookLines(spacing: number, random: Random): RuledLines[] {
  const lines: RuledLines = {
    kind: 'ruled',
    spacing,
    width: random.uniform(0.7, 1.3),
    colour: pick<Colour>(random, [
      [120, 150, 205],
      [150, 160, 175],
      [150, 190, 200],
    ]),
    opacity: random.uniform(0.3, 0.65),
    angle: 0,
    offset: random.uniform(0, spacing),
  };
  if (chance(random, 0.4)) return [lines];
  const margin: RuledLines = {
    ...lines,
    colour: [215, 110, 115],
    spacing: 2000,
    angle: Math.PI / 2,
    offset: -random.uniform(40, 75),
  };
  return [lines, margin];
}

function squares(kind: 'grid' | 'dots', spacing: number, random: Random): RuledLines {
  return {
    kind,
    spacing: spacing / 2,
    width: kind === 'grid' ? random.uniform(0.6, 1.1) : random.uniform(1.6, 2.4),
    colour: pick<Colour>(random, [
      [140, 165, 205],
      [165, 165, 170],
      [150, 195, 180],
    ]),
    opacity: random.uniform(0.3, 0.6),
    angle: 0,
    offset: random.uniform(0, spacing),
  };
}
