import type { Random } from '@inkcast/training/random';
import { type Characters, drawFont } from '../compose/characters.js';
import { drawPen, drawTones } from '../compose/looks.js';
import { printText, type Type } from '../compose/print-text.js';
import { drawSheet, photograph } from '../compose/sheet.js';
import { fieldLabel, number, words } from '../compose/words.js';
import { Writer } from '../compose/writer.js';
import { chance, logUniform, pick } from '../draws.js';
import type { Mark, Stroke } from '../scene/scene.js';
import type { Compose, Fill } from './kind.js';
import { inCell } from './table.js';

export const composeForm: Compose = async ({ characters }, random) => {
  const sheet = drawSheet(drawTones(random), random);
  return photograph(sheet, await fillForm(sheet, characters, random), random);
};

/** The fields of a form: digits in boxes (one per box, or all in one box), an entry on a line, a tick. */
type FieldKind = 'comb' | 'box' | 'line' | 'ticks';

/** The style of a form and its entries. */
interface Form {
  readonly characters: Characters;
  readonly writer: Writer;
  readonly type: Type;
  /** Height of a digit, of a field, and width of the printed lines, in page units. */
  readonly size: number;
  readonly high: number;
  readonly line: Omit<Stroke, 'points'>;
  readonly random: Random;
}

interface Filled {
  readonly marks: Mark[];
  readonly strokes: Stroke[];
}

/** Printed headings, labels and fields with handwritten entries that may cross the lines. */
export const fillForm: Fill = async ({ area, tones }, characters, random) => {
  const size = logUniform(random, 13, Math.min(80, area.height / 2));
  const high = size * random.uniform(1, 1.7);
  const form: Form = {
    characters,
    writer: new Writer(characters, drawPen(tones.ink, size, random), random),
    type: { font: drawFont(random), colour: tones.print, size: Math.max(6, size * random.uniform(0.35, 0.75)) },
    size,
    high,
    line: {
      colour: tones.print,
      opacity: random.uniform(0.6, 1),
      width: logUniform(random, 0.8, Math.max(1.2, size / 9)),
      wobble: 0,
    },
    random,
  };
  const marks: Mark[] = [];
  const strokes: Stroke[] = [];
  const filled = chance(random, 0.12) ? 0 : random.uniform(0.5, 1);
  let y = area.top + high * random.uniform(0.3, 1);
  if (chance(random, 0.5)) {
    const title = { ...form.type, size: form.type.size * random.uniform(1.2, 2) };
    const text = words(1 + random.integer(4), random).join(' ');
    const left = area.left + area.width * random.uniform(0.02, 0.4);
    marks.push(
      ...(await printText(chance(random, 0.5) ? text.toUpperCase() : text, left, y, title, characters, random)).marks,
    );
    y += 2 * title.size + 0.3 * high;
  }
  while (y < area.top + area.height - 0.4 * high) {
    let x = area.left + form.type.size * random.uniform(0.5, 3);
    while (x < area.left + 0.8 * area.width) {
      const kind = pick<FieldKind>(random, ['comb', 'comb', 'box', 'box', 'line', 'line', 'ticks']);
      const label = chance(random, 0.75) ? `${fieldLabel(random)}${pick(random, ['', ':', ':'])}` : '';
      if (label !== '') {
        const set = await printText(label, x, y, form.type, characters, random);
        marks.push(...set.marks);
        x += set.width + form.size * random.uniform(0.15, 0.8);
      }
      const room = area.left + area.width - x;
      if (room < form.size) break;
      const field = drawField(form, kind, x, y, room, chance(random, filled));
      marks.push(...field.filled.marks);
      strokes.push(...field.filled.strokes);
      x += field.width + form.size * random.uniform(0.5, 2);
      if (chance(random, 0.4)) break;
    }
    y += high * random.uniform(1.1, 1.8);
  }
  return { marks, strokes };
};

function drawField(form: Form, kind: FieldKind, x: number, y: number, room: number, filled: boolean) {
  const { high, size, random } = form;
  switch (kind) {
    case 'comb': {
      const wide = high * random.uniform(0.65, 1.1);
      const cells = Math.max(1, Math.min(1 + random.integer(10), Math.floor(room / wide)));
      return { width: cells * wide, filled: drawComb(form, x, y, cells, wide, filled) };
    }
    case 'box': {
      const width = Math.min(room, size * random.uniform(1.2, 6));
      const marks = filled ? content(form, x, y, width) : [];
      return { width, filled: { marks, strokes: [frame(form, x, y - high / 2, width, high)] } };
    }
    case 'line': {
      const width = Math.min(room, size * random.uniform(2, 12));
      const marks = filled ? content(form, x, y, width) : [];
      return { width, filled: { marks, strokes: underline(form, x, y + size * random.uniform(0.4, 0.6), width) } };
    }
    case 'ticks': {
      const side = form.type.size * random.uniform(1, 1.6);
      const { writer } = form;
      const ticked = filled && chance(random, 0.5);
      const marks = ticked
        ? writer.line([pick(random, ['x', '✓', 'X'])], x, y, side * random.uniform(0.8, 1.6), random)
        : [];
      return { width: side, filled: { marks, strokes: [frame(form, x, y - side / 2, side, side)] } };
    }
  }
}

/** Boxes side by side for a digit each, or one box with short separators. */
function drawComb(form: Form, x: number, y: number, cells: number, wide: number, filled: boolean): Filled {
  const { high, line, random, size, writer } = form;
  const [top, bottom] = [y - high / 2, y + high / 2];
  const short = chance(random, 0.25) ? bottom - random.uniform(0.2, 0.5) * high : top;
  const strokes = [frame(form, x, top, cells * wide, high)];
  for (let cell = 1; cell < cells; cell++) {
    const at = x + cell * wide;
    strokes.push({
      ...line,
      points: [
        { x: at, y: short },
        { x: at, y: bottom },
      ],
    });
  }
  const marks: Mark[] = [];
  const first = chance(random, 0.6) ? 0 : random.integer(cells);
  const last = chance(random, 0.6) ? cells : random.integer(cells + 1);
  for (let cell = first; filled && cell < last; cell++) {
    const label = chance(random, 0.9) ? String(random.integer(10)) : pick(random, ['A', 'E', 'K', '-', 'R', 'X', 'M']);
    marks.push(...inCell(writer, [label], { left: x + cell * wide, top, width: wide, height: high }, size, random));
  }
  return { marks, strokes };
}

/** A number or words, as far as they fit. */
function content({ writer, size, random }: Form, x: number, y: number, width: number): Mark[] {
  const left = x + size * random.uniform(0, 0.5);
  const middle = y + 0.08 * size * random.normal();
  if (chance(random, 0.65)) {
    const digits = [...number(8, random)];
    while (digits.length > 1 && writer.width(digits, size, random) > width) digits.pop();
    return writer.line(digits, left, middle, size, random);
  }
  const marks: Mark[] = [];
  let along = left;
  for (const letters of words(3, random)) {
    const set = writer.word(letters, along, middle, 0.8 * size, random);
    if (along + set.width > x + width) break;
    marks.push(...set.marks);
    along += set.width + 0.5 * size;
  }
  return marks;
}

function frame({ line }: Form, left: number, top: number, width: number, height: number): Stroke {
  const [right, bottom] = [left + width, top + height];
  return {
    ...line,
    points: [
      { x: left, y: top },
      { x: right, y: top },
      { x: right, y: bottom },
      { x: left, y: bottom },
      { x: left, y: top },
    ],
  };
}

/** A line to write on, dotted or not. */
function underline({ line, random }: Form, x: number, y: number, width: number): Stroke[] {
  if (!chance(random, 0.4))
    return [
      {
        ...line,
        points: [
          { x, y },
          { x: x + width, y },
        ],
      },
    ];
  const step = Math.max(3, line.width * random.uniform(2.5, 5));
  const dot = step * random.uniform(0.3, 0.6);
  return Array.from({ length: Math.floor(width / step) }, (_, index) => ({
    ...line,
    points: [
      { x: x + index * step, y },
      { x: x + index * step + dot, y },
    ],
  }));
}
