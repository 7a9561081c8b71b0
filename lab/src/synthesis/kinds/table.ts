import type { Random } from '@inkcast/training/random';
import { drawFont } from '../compose/characters.js';
import { drawPen, drawTones, gray } from '../compose/looks.js';
import { printText, type Type } from '../compose/print-text.js';
import { type Area, drawSheet, photograph } from '../compose/sheet.js';
import { fieldLabel, number, word } from '../compose/words.js';
import { Writer } from '../compose/writer.js';
import { chance, logUniform, pick } from '../draws.js';
import type { Colour, Mark, Stroke } from '../scene/scene.js';
import type { Compose, Fill } from './kind.js';

export const composeTable: Compose = async ({ characters }, random) => {
  const sheet = drawSheet(drawTones(random), random);
  return photograph(sheet, await fillTable(sheet, characters, random), random);
};

/** Edges of columns and rows, in page units. */
interface Grid {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
}

/** The content of a cell. */
type CellKind = 'number' | 'digit' | 'printed' | 'word' | 'sign' | 'empty';

/** A table, printed or drawn, whose cells hold short numbers that often touch its lines. */
export const fillTable: Fill = async ({ area, tones }, characters, random) => {
  const puzzle = chance(random, 0.2);
  const grid = puzzle ? puzzleGrid(area, random) : listGrid(area, random);
  const high = medianStep(grid.ys);
  const size = Math.max(12, high * random.uniform(0.45, 0.95));
  const writer = new Writer(characters, drawPen(tones.ink, size, random), random);
  const type: Type = {
    font: drawFont(random),
    colour: tones.print,
    size: Math.max(6, high * random.uniform(0.25, 0.5)),
  };
  const strokes = rulings(grid, puzzle, tones.print, tones.ink, random);
  const marks: Mark[] = [];
  const heading = !puzzle && chance(random, 0.6);
  const numbered = !puzzle && chance(random, 0.5);
  const full = chance(random, 0.12) ? 0 : random.uniform(0.3, 1);
  for (let row = 0; row + 1 < grid.ys.length; row++) {
    for (let column = 0; column + 1 < grid.xs.length; column++) {
      const cell = {
        left: grid.xs[column],
        top: grid.ys[row],
        width: grid.xs[column + 1] - grid.xs[column],
        height: grid.ys[row + 1] - grid.ys[row],
      };
      const middle = cell.top + cell.height / 2;
      if ((heading && row === 0) || (numbered && column === 0)) {
        const text = heading && row === 0 ? fieldLabel(random).slice(0, 9) : `${row}${pick(random, ['', '.', ')'])}`;
        const set = await printText(text, cell.left + 0.1 * cell.height, middle, type, characters, random);
        if (set.width < 0.95 * cell.width) marks.push(...set.marks);
        continue;
      }
      const kind = drawCell(full, puzzle, random);
      if (kind === 'printed') {
        const text = String(random.integer(10));
        const x = cell.left + cell.width * random.uniform(0.3, 0.5);
        marks.push(...(await printText(text, x, middle, { ...type, size: 0.6 * size }, characters, random)).marks);
      } else if (kind === 'word') {
        marks.push(...writer.word(word(random).slice(0, 6), cell.left + 0.1 * size, middle, 0.7 * size, random).marks);
      } else if (kind !== 'empty') {
        const labels = kind === 'sign' ? [pick(random, ['-', 'x', '✓', '=', 'A', 'F', 'E'])] : cellNumber(kind, random);
        marks.push(...inCell(writer, labels, cell, size, random));
      }
    }
  }
  return { marks, strokes };
};

function drawCell(full: number, puzzle: boolean, random: Random): CellKind {
  if (!chance(random, full)) return 'empty';
  if (puzzle) return pick(random, ['digit', 'digit', 'printed']);
  return pick(random, ['number', 'number', 'number', 'number', 'digit', 'digit', 'digit', 'printed', 'word', 'sign']);
}

function cellNumber(kind: CellKind, random: Random): string[] {
  return kind === 'digit' ? [String(random.integer(10))] : [...number(3, random)];
}

/** Writes into a cell, smaller if it is narrow, and not exactly in its centre. */
export function inCell(writer: Writer, labels: readonly string[], cell: Area, size: number, random: Random): Mark[] {
  const wide = writer.width(labels, size, random);
  const fitted = Math.max(0.4, Math.min(1, (0.98 * cell.width) / Math.max(1, wide)));
  const free = cell.width - fitted * wide;
  const x = cell.left + free * Math.min(1, Math.max(0, 0.5 + 0.2 * random.normal()));
  const y = cell.top + cell.height * (0.5 + 0.09 * random.normal());
  return writer.line(labels, x, y, fitted * size, random);
}

function listGrid(area: Area, random: Random): Grid {
  const high = logUniform(random, 17, Math.min(90, area.height / 2));
  const wide = high * logUniform(random, 0.9, 3.5);
  const left = area.left + area.width * random.uniform(-0.05, 0.2);
  const top = area.top + area.height * random.uniform(-0.05, 0.2);
  const columns = Math.max(
    2,
    Math.min(12, Math.floor(((area.left + area.width - left) * random.uniform(0.6, 1.05)) / wide)),
  );
  const rows = Math.max(
    2,
    Math.min(16, Math.floor(((area.top + area.height - top) * random.uniform(0.6, 1.05)) / high)),
  );
  const uneven = chance(random, 0.4);
  const xs = [left];
  for (let column = 0; column < columns; column++)
    xs.push(xs[column] + wide * (uneven ? logUniform(random, 0.6, 1.8) : 1));
  return { xs, ys: Array.from({ length: rows + 1 }, (_, row) => top + row * high) };
}

/** Squares, 9 by 9 or fewer. */
function puzzleGrid(area: Area, random: Random): Grid {
  const count = pick(random, [3, 4, 6, 9, 9]);
  const side = (Math.min(area.width, area.height) * random.uniform(0.75, 1)) / count;
  const left = area.left + random.uniform(0, area.width - count * side);
  const top = area.top + random.uniform(0, area.height - count * side);
  const edges = (from: number) => Array.from({ length: count + 1 }, (_, index) => from + index * side);
  return { xs: edges(left), ys: edges(top) };
}

function rulings(grid: Grid, puzzle: boolean, print: Colour, ink: Colour, random: Random): Stroke[] {
  const drawn = chance(random, 0.2);
  const thin = logUniform(random, 0.8, Math.max(1.2, medianStep(grid.ys) / 16));
  const style = {
    colour: drawn ? ink : chance(random, 0.3) ? gray(print[0] + 0.3 * (255 - print[0])) : print,
    opacity: random.uniform(0.7, 1),
    wobble: drawn ? random.uniform(0.5, 2) : 0,
  };
  const [left, right] = [grid.xs[0], grid.xs[grid.xs.length - 1]];
  const [top, bottom] = [grid.ys[0], grid.ys[grid.ys.length - 1]];
  const thick = puzzle || chance(random, 0.3) ? thin * random.uniform(1.5, 3) : thin;
  const width = (index: number, count: number): number =>
    index === 0 || index === count - 1 || (puzzle && index % 3 === 0) ? thick : thin;
  // Lists often have no lines down.
  const open = !puzzle && chance(random, 0.12);
  const across = grid.ys.map((y, index) => ({
    ...style,
    width: width(index, grid.ys.length),
    points: [
      { x: left, y },
      { x: right, y },
    ],
  }));
  const down = grid.xs.map((x, index) => ({
    ...style,
    width: width(index, grid.xs.length),
    points: [
      { x, y: top },
      { x, y: bottom },
    ],
  }));
  return open ? across : [...across, ...down];
}

function medianStep(edges: readonly number[]): number {
  const steps = edges.slice(1).map((edge, index) => edge - edges[index]);
  steps.sort((a, b) => a - b);
  return steps[Math.floor(steps.length / 2)];
}
