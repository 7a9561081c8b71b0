import type { Random } from '@inkcast/training/random';
import { drawFont } from '../compose/characters.js';
import { drawTones } from '../compose/looks.js';
import { printText, type Type } from '../compose/print-text.js';
import { drawSheet, photograph } from '../compose/sheet.js';
import { number, words } from '../compose/words.js';
import { chance, logUniform, pick } from '../draws.js';
import type { Mark, Stroke } from '../scene/scene.js';
import type { Compose, Fill } from './kind.js';

export const composePrint: Compose = async ({ characters }, random) => {
  const sheet = drawSheet(drawTones(random), random);
  return photograph(sheet, await fillPrint(sheet, characters, random), random);
};

const punctuated = (word: string, random: Random): string =>
  chance(random, 0.12) ? `${word}${pick(random, [',', ',', '.', '.', ';', ':', ')', '-'])}` : word;

/** Printed headings and paragraphs, in one column or several, numbers and rules among them. */
export const fillPrint: Fill = async ({ area, tones }, characters, random) => {
  const size = logUniform(random, 6, Math.min(60, area.height / 3));
  const type: Type = { font: drawFont(random), colour: tones.print, size };
  const heading: Type = { font: drawFont(random), colour: tones.print, size: size * random.uniform(1.2, 2.5) };
  // Signs and notices use capitals.
  const upper = chance(random, 0.15);
  const columns = size < 14 && chance(random, 0.4) ? 2 + random.integer(2) : 1;
  const wide = area.width / columns;
  const marks: Mark[] = [];
  const strokes: Stroke[] = [];
  for (let column = 0; column < columns; column++) {
    const left = area.left + column * wide + random.uniform(0.2, 1) * size;
    const right = area.left + (column + 0.94) * wide;
    for (let y = area.top + 1.2 * size; y < area.top + area.height - size; ) {
      const title = chance(random, 0.08);
      const used = title ? heading : type;
      const isUpper = upper || (title && chance(random, 0.3));
      const drawn = words(title ? 3 : 14, random).map((word) =>
        punctuated(isUpper ? word.toUpperCase() : word, random),
      );
      const text = [...drawn, ...(chance(random, 0.25) ? [number(5, random)] : [])];
      if (chance(random, 0.3)) text.unshift(`${1 + random.integer(9)}${pick(random, ['.', ')'])}`);
      let x = left;
      for (const piece of text) {
        // This is the typical width of a text. Text that does not fit is not rendered.
        if (x + 0.75 * used.size * piece.length > right) break;
        const printed = await printText(piece, x, y, used, characters, random);
        marks.push(...printed.marks);
        x += printed.width + 0.5 * used.size;
      }
      if (chance(random, 0.04)) {
        const points = [
          { x: left, y: y + used.size },
          { x: right, y: y + used.size },
        ];
        strokes.push({ points, colour: tones.print, opacity: 0.9, width: random.uniform(0.8, 2), wobble: 0 });
      }
      y += used.size * random.uniform(1.7, 2) * (chance(random, 0.08) ? 2 : 1);
    }
  }
  return { marks, strokes };
};
