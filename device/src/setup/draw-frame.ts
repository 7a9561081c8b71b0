import type { ReadDigit } from '@inkcast/reader/reading';
import type { LumaFrame } from '@inkcast/reader/vision';
import type { Screen } from './screen.js';
import { shrink } from './shrink.js';

/** Wider pictures show no more detail and are hard to see at a glance. */
const MAX_COLUMNS = 100;
/** Characters are about twice as high as wide; a half block shows two pixels. */
const CELL_RATIO = 2;
/** From dark to bright. */
const INKS = '@%#*+=-:. '.split('').reverse().join('');

type Mark = { readonly text: string; readonly plate: boolean };

/** A frame as lines of text, as large as it fits, with a box around each digit and the digit at the box's corner. */
export function drawFrame(frame: LumaFrame, digits: readonly ReadDigit[], screen: Screen): string[] {
  const columns = Math.min(
    screen.columns - 1,
    MAX_COLUMNS,
    Math.floor((CELL_RATIO * (screen.rows - 2) * frame.width) / frame.height),
  );
  const width = Math.max(8, columns);
  const rows = Math.max(1, Math.round((width * frame.height) / frame.width / CELL_RATIO));
  const marks = marksOf(frame, digits, width, rows);
  const plain = screen.colours === 'none';
  const pixels = shrink(frame, width, plain ? rows : 2 * rows);
  const at = (x: number, y: number) => pixels[y * width + x];
  return Array.from({ length: rows }, (_, row) => {
    const cells = Array.from({ length: width }, (_, column) => {
      const mark = marks.get(row * width + column);
      if (plain) return mark?.text ?? INKS[Math.floor((at(column, row) * INKS.length) / 256)];
      if (mark !== undefined) return coloured(mark, at(column, 2 * row), screen.colours);
      return halfBlock(at(column, 2 * row), at(column, 2 * row + 1), screen.colours);
    });
    return plain ? cells.join('').trimEnd() : `${cells.join('')}\u001b[0m`;
  });
}

/** The marks by cell: the outline of each box, with the digit that was read. */
function marksOf(frame: LumaFrame, digits: readonly ReadDigit[], width: number, rows: number): Map<number, Mark> {
  const marks = new Map<number, Mark>();
  const column = (x: number) => Math.min(width - 1, Math.max(0, Math.floor((x * width) / frame.width)));
  const row = (y: number) => Math.min(rows - 1, Math.max(0, Math.floor((y * rows) / frame.height)));
  for (const { digit, box } of digits) {
    const [left, right] = [column(box.x) - 1, column(box.x + box.width) + 1].map((x) =>
      Math.min(width - 1, Math.max(0, x)),
    );
    const [top, bottom] = [row(box.y) - 1, row(box.y + box.height) + 1].map((y) => Math.min(rows - 1, Math.max(0, y)));
    const put = (x: number, y: number, text: string) => marks.set(y * width + x, { text, plate: false });
    for (let x = left; x <= right; x++) for (const y of [top, bottom]) put(x, y, '-');
    for (let y = top; y <= bottom; y++) for (const x of [left, right]) put(x, y, '|');
    for (const x of [left, right]) for (const y of [top, bottom]) put(x, y, '+');
    marks.set(top * width + left, { text: `${digit}`, plate: true });
  }
  return marks;
}

/** Two pixels: the upper one as the foreground colour, the lower one as the background colour. */
function halfBlock(upper: number, lower: number, colours: Screen['colours']): string {
  return `\u001b[38;${grey(upper, colours)};48;${grey(lower, colours)}m\u2580`;
}

function coloured({ text, plate }: Mark, behind: number, colours: Screen['colours']): string {
  // The same green as the boxes in annotated pictures.
  const green = colours === '16m' ? '2;0;166;81' : '5;35';
  if (plate) return `\u001b[38;${grey(255, colours)};48;${green}m${text}`;
  return `\u001b[38;${green};48;${grey(behind, colours)}m${text}`;
}

/** A shade of grey as a colour for SGR 38 and 48 (ECMA-48; xterm's 24 greys start at 232). */
function grey(luma: number, colours: Screen['colours']): string {
  return colours === '16m' ? `2;${luma};${luma};${luma}` : `5;${232 + Math.floor((luma * 24) / 256)}`;
}
