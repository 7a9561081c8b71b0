import { emphasize } from '../compose/emphasis.js';
import { drawPen, drawRuling, drawTones } from '../compose/looks.js';
import { drawSheet, photograph } from '../compose/sheet.js';
import { number } from '../compose/words.js';
import { Writer } from '../compose/writer.js';
import { chance, logUniform } from '../draws.js';
import { EM } from '../glyphs/glyph.js';
import type { Mark, Stroke } from '../scene/scene.js';
import type { Compose, Fill } from './kind.js';

export const composeScatter: Compose = async ({ characters }, random) => {
  const sheet = drawSheet(drawTones(random), random);
  return photograph(sheet, await fillScatter(sheet, characters, random), random);
};

/** Numbers of several sizes at random places, with one or two pens, without overlaps. */
export const fillScatter: Fill = async ({ area, tones }, characters, random) => {
  const size = logUniform(random, 14, Math.min(200, 0.6 * area.height));
  const writers = Array.from(
    { length: 1 + random.integer(2) },
    () => new Writer(characters, drawPen(tones.ink, size, random), random),
  );
  const placed: { left: number; right: number; top: number; bottom: number }[] = [];
  const emphasis = chance(random, 0.3) ? random.uniform(0.2, 0.8) : 0;
  const strokes: Stroke[] = [];
  const marks: Mark[] = [];
  const tries = 2 + random.integer(24);
  for (let attempt = 0; attempt < tries; attempt++) {
    const writer = writers[random.integer(writers.length)];
    const high = size * logUniform(random, 0.6, 1.5);
    const digits = [...number(3, random)];
    const wide = writer.width(digits, high, random);
    const x = area.left + random.uniform(0, Math.max(1, area.width - wide));
    const y = area.top + random.uniform(0.5 * high, Math.max(0.5 * high + 1, area.height - 0.5 * high));
    const box = { left: x - 0.25 * high, right: x + wide + 0.25 * high, top: y - 0.7 * high, bottom: y + 0.7 * high };
    const free = placed.every(
      (other) => box.right < other.left || box.left > other.right || box.bottom < other.top || box.top > other.bottom,
    );
    if (!free) continue;
    placed.push(box);
    const turn = chance(random, 0.2) ? 0.25 * random.normal() : 0;
    marks.push(...writer.line(digits, x, y, high, random).map((mark) => ({ ...mark, angle: mark.angle + turn })));
    if (chance(random, emphasis)) {
      const { colour, opacity, width } = writer.pen;
      const style = { colour, opacity, width: (width / EM) * high };
      strokes.push(...emphasize({ left: x, right: x + wide, y, size: high }, style, random));
    }
  }
  const lines = chance(random, 0.35) ? drawRuling(tones, size * logUniform(random, 0.4, 1.5) + 6, random) : [];
  return { marks, strokes, lines };
};
