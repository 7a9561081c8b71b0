import { drawPen, drawRuling, drawTones } from '../compose/looks.js';
import { drawSheet, photograph } from '../compose/sheet.js';
import { number, word } from '../compose/words.js';
import { Writer } from '../compose/writer.js';
import { chance, logUniform, pick } from '../draws.js';
import type { Mark } from '../scene/scene.js';
import type { Compose, Fill } from './kind.js';

export const composeWriting: Compose = async ({ characters }, random) => {
  const sheet = drawSheet(drawTones(random), random);
  return photograph(sheet, await fillWriting(sheet, characters, random), random);
};

/** Handwritten paragraphs or lists of words, with some numbers. */
export const fillWriting: Fill = async ({ area, tones }, characters, random) => {
  const size = logUniform(random, 14, Math.min(90, area.height / 2));
  const writer = new Writer(characters, drawPen(tones.ink, size, random), random);
  const numbers = chance(random, 0.4) ? 0 : random.uniform(0.05, 0.3);
  const pitch = size * random.uniform(1.3, 2.2);
  const list = chance(random, 0.3);
  const marks: Mark[] = [];
  for (let y = area.top + 0.7 * size; y < area.top + area.height - 0.4 * size; y += pitch) {
    if (chance(random, 0.08)) continue;
    const right = area.left + area.width * (list ? random.uniform(0.3, 0.7) : random.uniform(0.85, 1));
    let x = area.left + size * random.uniform(0.1, 0.6);
    while (x < right) {
      const isNumber = chance(random, numbers);
      const letters = isNumber ? number(4, random) : word(random);
      const width = isNumber
        ? writer.width([...letters], size, random)
        : writer.word(letters, 0, 0, size, random).width;
      if (x + width > area.left + area.width) break;
      marks.push(
        ...(isNumber ? writer.line([...letters], x, y, size, random) : writer.word(letters, x, y, size, random).marks),
      );
      x += width;
      if (!isNumber && chance(random, 0.1)) {
        marks.push(...writer.line([pick(random, [',', '.', '!', '?', ':', '-'])], x + 0.1 * size, y, size, random));
        x += 0.15 * size;
      }
      x += size * random.uniform(0.45, 0.9);
    }
  }
  const lines = chance(random, 0.5) ? drawRuling(tones, pitch, random) : [];
  return { marks, strokes: [], lines };
};
