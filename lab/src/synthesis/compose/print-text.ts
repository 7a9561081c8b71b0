import type { Random } from '@inkcast/training/random';
import { EM, type Glyph } from '../glyphs/glyph.js';
import type { Colour, Mark } from '../scene/scene.js';
import type { Characters, Font } from './characters.js';
import { type Hand, lineWidth, writeLine } from './write-line.js';

/** The layout of printed text. Lengths are in page units. */
export interface Type {
  readonly font: Font;
  readonly colour: Colour;
  /** Height of a capital. */
  readonly size: number;
}

/** Space between printed characters, and between words, relative to the height of a capital. */
const GAP = 0.13;
const SPACE = 0.5;

/**
 * Prints a line of text.
 *
 * @param x where its ink begins, and `y` the middle of its capitals
 * @returns its characters, labelled `printed A` and so on, and the width that it takes
 */
export async function printText(
  text: string,
  x: number,
  y: number,
  { font, colour, size }: Type,
  characters: Characters,
  random: Random,
): Promise<{ marks: Mark[]; width: number }> {
  const hand: Hand = {
    pen: { colour, width: 0.1 * EM, opacity: 1, feather: 0, pressure: 0, grain: 0 },
    size,
    gap: GAP,
    slant: 0,
    angle: 0,
    stretch: 1,
    unrest: 0,
    bend: 0,
  };
  const marks: Mark[] = [];
  let along = 0;
  for (const word of text.split(' ')) {
    const glyphs: Glyph[] = [];
    for (const character of word) glyphs.push(await characters.print(character, font));
    const inWord = /[a-z]{2}/i.test(word);
    marks.push(...writeLine(glyphs, x + along, y, hand, random).map((mark) => ({ ...mark, inWord })));
    along += lineWidth(glyphs, hand) + SPACE * size;
  }
  return { marks, width: along - SPACE * size };
}
