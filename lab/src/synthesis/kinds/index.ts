import type { Random } from '@inkcast/training/random';
import { composePractice } from '../compose/practice-scene.js';
import { composeTexture } from '../compose/texture-frame.js';
import { pickByShare } from '../draws.js';
import { composeBoard } from './board.js';
import { composeCloseup } from './closeup.js';
import { composeClutter } from './clutter.js';
import { composeEquation } from './equation.js';
import { composeForm } from './form.js';
import type { Compose } from './kind.js';
import { composePrint } from './print.js';
import { composeRuled } from './ruled.js';
import { composeScatter } from './scatter.js';
import { composeScene } from './scene.js';
import { composeTable } from './table.js';
import { composeWriting } from './writing.js';

/** A kind of frame: its function, and its relative share of all frames. */
interface KindOfFrame {
  readonly compose: Compose;
  readonly share: number;
}

const TABLE = {
  /** Lines of digits, signs, print and scribbles in any light. */
  lines: { compose: ({ characters }, random) => composePractice(characters, random), share: 14 },
  /** Rows of digits on ruled or squared paper, thick pens and touching digits among them. */
  ruled: { compose: composeRuled, share: 12 },
  /** Printed labels, boxes, combs and dotted lines, filled in by hand. */
  form: { compose: composeForm, share: 11 },
  /** Cells with short numbers: log sheets, scores, puzzles. */
  table: { compose: composeTable, share: 11 },
  /** Handwritten maths. */
  equation: { compose: composeEquation, share: 9 },
  /** Handwritten words, a few numbers among them or none. */
  writing: { compose: composeWriting, share: 6 },
  /** Printed text. */
  print: { compose: composePrint, share: 4 },
  /** One digit that fills a small frame. */
  closeup: { compose: composeCloseup, share: 10 },
  /** Chalk, markers on a whiteboard, screens. */
  board: { compose: composeBoard, share: 6 },
  /** Numbers at random places on a sheet. */
  scatter: { compose: composeScatter, share: 5 },
  /** A sheet of any of these kinds, rotated and tilted, among other objects. */
  scene: { compose: composeScene, share: 8 },
  /** A pattern without writing. */
  texture: { compose: async ({ noise }, random) => composeTexture(noise, random), share: 5 },
  /** Objects and empty sheets without writing. */
  clutter: { compose: composeClutter, share: 7 },
} as const satisfies Readonly<Record<string, KindOfFrame>>;

export type Kind = keyof typeof TABLE;

const isKind = (name: string): name is Kind => name in TABLE;

export const KINDS: readonly Kind[] = Object.keys(TABLE).filter(isKind);

export function composeOf(kind: Kind): Compose {
  return TABLE[kind].compose;
}

/** A random kind, by the shares of these kinds. */
export function drawKind(kinds: readonly Kind[], random: Random): Kind {
  const { kind } = pickByShare(
    random,
    kinds.map((kind) => ({ kind, share: TABLE[kind].share })),
  );
  return kind;
}
