import { drawPen, drawRuling, drawTones } from '../compose/looks.js';
import { drawSheet, photograph } from '../compose/sheet.js';
import { Writer } from '../compose/writer.js';
import { chance, logUniform } from '../draws.js';
import type { Mark } from '../scene/scene.js';
import type { Compose, Fill } from './kind.js';

export const composeRuled: Compose = async ({ characters }, random) => {
  const sheet = drawSheet(drawTones(random), random);
  return photograph(sheet, await fillRuled(sheet, characters, random), random);
};

/** Maximum number of rows: more rows would add little to the training. */
const MAX_ROWS = 12;

/** Rows of digits on lines. The digits stand on the lines, cross them, or ignore them. */
export const fillRuled: Fill = async ({ area, tones }, characters, random) => {
  const size = logUniform(random, 14, Math.min(180, 0.75 * area.height));
  const writer = new Writer(characters, drawPen(tones.ink, size, random), random);
  const spacing = Math.max(8, size * logUniform(random, 0.5, 2.2));
  const lines = drawRuling(tones, spacing, random);
  const onLines = chance(random, 0.55) && lines[0].angle === 0;
  const pitch = onLines
    ? Math.ceil((1.15 * size) / lines[0].spacing) * lines[0].spacing
    : size * random.uniform(1.2, 2.2);
  // Digits stand on their line, or hang a little above or below it.
  const foot = size * random.uniform(-0.15, 0.2);
  const first = onLines
    ? lines[0].offset + Math.ceil(area.top / pitch) * pitch - size / 2 + foot
    : area.top + 0.6 * size;
  const rows = chance(random, 0.3) ? 1 + random.integer(3) : MAX_ROWS;
  const marks: Mark[] = [];
  for (let y = first, row = 0; y < area.top + area.height - 0.45 * size && row < rows; y += pitch, row++) {
    if (y < area.top + 0.4 * size) continue;
    marks.push(...numbersAcross(writer, area.left, area.left + area.width, y, size, random));
  }
  return { marks, strokes: [], lines };
};

/** Numbers side by side, from near the left edge to some place before the right one. */
export function numbersAcross(
  writer: Writer,
  left: number,
  right: number,
  y: number,
  size: number,
  random: Parameters<Fill>[2],
): Mark[] {
  const marks: Mark[] = [];
  const end = left + (right - left) * (chance(random, 0.5) ? 1 : random.uniform(0.3, 1));
  for (let x = left + size * random.uniform(0.05, 0.8); x < end - 0.5 * size; ) {
    const count = 1 + random.integer(chance(random, 0.5) ? 3 : 9);
    const digits = Array.from({ length: count }, () => firstOr(random));
    const line = writer.line(digits, x, y, size, random);
    const fitting = line.filter((mark) => mark.x < end - 0.3 * size);
    marks.push(...fitting);
    x += writer.width(digits, size, random) + size * random.uniform(0.5, 1.8);
  }
  return marks;
}

/** A random digit. 0 and 1 are more frequent, because thin and round digits are missed most. */
function firstOr(random: Parameters<Fill>[2]): string {
  return chance(random, 0.12) ? String(random.integer(2)) : String(random.integer(10));
}
