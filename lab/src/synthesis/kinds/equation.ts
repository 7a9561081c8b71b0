import type { Random } from '@inkcast/training/random';
import { drawPen, drawRuling, drawTones } from '../compose/looks.js';
import { drawSheet, photograph } from '../compose/sheet.js';
import { number } from '../compose/words.js';
import { Writer } from '../compose/writer.js';
import { chance, logUniform, pick } from '../draws.js';
import { EM } from '../glyphs/glyph.js';
import type { Mark, Stroke } from '../scene/scene.js';
import type { Compose, Fill } from './kind.js';

export const composeEquation: Compose = async ({ characters }, random) => {
  const sheet = drawSheet(drawTones(random), random);
  return photograph(sheet, await fillEquation(sheet, characters, random), random);
};

const UNKNOWNS = [...'xxxxyyyyzzzaaabbccddknmtuvrpw', 'α', 'γ', 'λ', 'φ', 'π', 'μ', 'ω', 'ψ', 'Δ', 'Σ'];
const OPERATORS = ['+', '+', '+', '-', '-', '×', '÷', '.', '±'];
const RELATIONS = ['=', '=', '=', '=', '<', '>', '≤', '≠', '→'];

/** Unknowns that look like digits. The same person writes both, and a reader must distinguish them. */
const isUnknown = ({ glyph }: Mark): boolean => UNKNOWNS.includes(glyph.label);
/** Maximum height of an unknown in heights of the alphabet's letter: many people write an x as high as a digit. */
const MAX_TALLNESS = 1.6;

/** A part of a line of maths; `over` and `under` stand around a fraction's bar. */
type Term =
  | { readonly kind: 'run'; readonly labels: readonly string[]; readonly raised?: boolean }
  | { readonly kind: 'fraction'; readonly over: readonly string[]; readonly under: readonly string[] };

/** Equations, systems of them behind a brace, and sums in columns, on any paper. */
export const fillEquation: Fill = async ({ area, tones }, characters, random) => {
  const size = logUniform(random, 19, Math.min(120, area.height / 2.5));
  const pen = drawPen(tones.ink, size, random);
  const writer = new Writer(characters, pen, random);
  const marks: Mark[] = [];
  const strokes: Stroke[] = [];
  const bar = { colour: tones.ink, opacity: pen.opacity, width: (pen.width / EM) * size, wobble: 0.02 * size };
  for (let y = area.top + size * random.uniform(0.7, 1.5); y < area.top + area.height - 0.5 * size; ) {
    const left = area.left + size * random.uniform(0.1, 1.5);
    if (chance(random, 0.15)) {
      y = columnSum(writer, left + random.uniform(0, 0.5) * area.width, y, size, bar, marks, strokes, random);
      continue;
    }
    const rows = chance(random, 0.4) ? 2 + random.integer(2) : 1;
    const pitch = size * random.uniform(1.4, 2);
    if (rows > 1) marks.push(...brace(writer, left, y + ((rows - 1) * pitch) / 2, (rows - 0.1) * pitch, size, random));
    for (let row = 0; row < rows; row++) {
      const start = left + (rows > 1 ? 0.8 * size : 0) + size * random.uniform(0, 0.5);
      equation(writer, start, y + row * pitch, area.left + area.width, size, bar, marks, strokes, random);
    }
    y += rows * pitch + size * random.uniform(0.1, 0.8);
  }
  const lines = chance(random, 0.4) ? drawRuling(tones, size * logUniform(random, 0.5, 1.6) + 5, random) : [];
  const tallness = random.uniform(1, MAX_TALLNESS);
  const unknown = (mark: Mark): Mark => ({
    ...{ ...mark, inWord: true, size: tallness * mark.size, stretch: mark.stretch / Math.sqrt(tallness) },
    // The pen is as wide as elsewhere, though the letter is larger.
    pen: { ...mark.pen, width: mark.pen.width / tallness },
  });
  return { marks: marks.map((mark) => (isUnknown(mark) ? unknown(mark) : mark)), strokes, lines };
};

function drawTerms(random: Random): Term[] {
  const terms: Term[] = [];
  const side = (): void => {
    const count = 1 + random.integer(3);
    for (let index = 0; index < count; index++) {
      if (index > 0 || chance(random, 0.15)) terms.push({ kind: 'run', labels: [pick(random, OPERATORS)] });
      terms.push(...operand(random));
    }
  };
  side();
  if (chance(random, 0.85)) {
    terms.push({ kind: 'run', labels: [pick(random, RELATIONS)] });
    side();
  }
  return terms;
}

function operand(random: Random): Term[] {
  const factor = chance(random, 0.75) ? [...number(3, random)] : [];
  const unknown = chance(random, 0.65) || factor.length === 0 ? [pick(random, UNKNOWNS)] : [];
  if (chance(random, 0.12)) return [{ kind: 'fraction', over: [...factor, ...unknown], under: [...number(2, random)] }];
  const run: Term = { kind: 'run', labels: [...factor, ...unknown] };
  if (chance(random, 0.15)) return [{ kind: 'run', labels: ['('] }, run, { kind: 'run', labels: [')'] }];
  if (chance(random, 0.05)) return [{ kind: 'run', labels: ['√'] }, run];
  if (unknown.length > 0 && chance(random, 0.2)) {
    return [run, { kind: 'run', labels: [String(2 + random.integer(8))], raised: true }];
  }
  return [run];
}

type Bar = Omit<Stroke, 'points'>;

function equation(
  writer: Writer,
  left: number,
  y: number,
  right: number,
  size: number,
  bar: Bar,
  marks: Mark[],
  strokes: Stroke[],
  random: Random,
): void {
  const space = size * random.uniform(0.12, 0.5);
  let x = left;
  for (const term of drawTerms(random)) {
    if (term.kind === 'run') {
      const high = term.raised === true ? 0.55 * size : size;
      const width = writer.width(term.labels, high, random);
      if (x + width > right) return;
      const lift = term.raised === true ? 0.5 * size : 0;
      marks.push(...writer.line(term.labels, x - (lift > 0 ? 0.6 * space : 0), y - lift, high, random));
      x += width + space;
      continue;
    }
    const high = 0.62 * size;
    const [over, under] = [writer.width(term.over, high, random), writer.width(term.under, high, random)];
    const width = Math.max(over, under) + 0.2 * size;
    if (x + width > right) return;
    marks.push(...writer.line(term.over, x + (width - over) / 2, y - 0.5 * size, high, random));
    marks.push(...writer.line(term.under, x + (width - under) / 2, y + 0.5 * size, high, random));
    strokes.push({
      ...bar,
      points: [
        { x, y: y + 0.03 * size },
        { x: x + width, y: y - 0.03 * size },
      ],
    });
    x += width + space;
  }
}

/** A brace, or a straight line as its quick form. */
function brace(writer: Writer, x: number, y: number, high: number, size: number, random: Random): Mark[] {
  const label = pick(random, ['{', '{', '{', '[', '(']);
  return writer.line([label], x, y, high, random).map((mark) => ({
    ...mark,
    stretch: mark.stretch * Math.min(1, (1.6 * size) / high),
    // The pen is as wide as elsewhere, though the sign is larger.
    pen: { ...mark.pen, width: (mark.pen.width * size) / high },
  }));
}

/** Numbers below one another, a bar, and their sum. @returns where the next line can begin */
function columnSum(
  writer: Writer,
  left: number,
  y: number,
  size: number,
  bar: Bar,
  marks: Mark[],
  strokes: Stroke[],
  random: Random,
): number {
  const numbers = Array.from({ length: 2 + random.integer(2) }, () => [...number(4, random)]);
  const widths = numbers.map((digits) => writer.width(digits, size, random));
  const right = left + size + Math.max(...widths);
  const pitch = size * random.uniform(1.1, 1.5);
  numbers.forEach((digits, row) => {
    marks.push(...writer.line(digits, right - widths[row], y + row * pitch, size, random));
  });
  const last = y + (numbers.length - 1) * pitch;
  marks.push(...writer.line([pick(random, ['+', '-', '×'])], left, last, size, random));
  const under = last + 0.62 * pitch;
  strokes.push({
    ...bar,
    points: [
      { x: left - 0.2 * size, y: under },
      { x: right + 0.3 * size, y: under },
    ],
  });
  const sum = [...number(4, random)];
  marks.push(...writer.line(sum, right - writer.width(sum, size, random), under + 0.75 * size, size, random));
  return under + 2 * size;
}
