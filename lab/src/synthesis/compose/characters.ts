import type { Random } from '@inkcast/training/random';
import { chance, pick } from '../draws.js';
import { ALPHABET } from '../glyphs/alphabet.js';
import type { Glyph } from '../glyphs/glyph.js';
import { HANDWRITTEN_DIGITS } from '../glyphs/handwritten-digits.js';
import { printedGlyph } from '../glyphs/printed-glyph.js';
import { scribbleGlyph, strokeGlyph } from '../glyphs/stroke-glyph.js';
import type { DigitPictures } from './digit-pictures.js';

/** Share of digits that are of our own drawing; the others are MNIST's. */
const OWN_DIGITS = 0.3;
/** Most printed characters that are kept for the next page; one takes 50 KB. */
const MAX_KEPT_CHARACTERS = 1500;
/** A typeface: a family and attributes of an SVG text. */
export interface Font {
  readonly family: string;
  readonly style: string;
}

/** Of Debian's packages fonts-dejavu, fonts-liberation, fonts-freefont-ttf, fonts-lato and fonts-urw-base35. */
const FONTS = [
  ...['DejaVu Sans', 'DejaVu Serif', 'DejaVu Sans Mono', 'DejaVu Sans Condensed', 'DejaVu Serif Condensed'],
  ...['Liberation Sans', 'Liberation Serif', 'Liberation Mono', 'FreeSans', 'FreeSerif', 'FreeMono', 'Lato'],
  ...['Nimbus Roman', 'Nimbus Mono PS', 'C059', 'P052', 'URW Gothic', 'URW Bookman'],
];
const STYLES = ['', 'font-weight="bold"', 'font-style="italic"'];
/** What is printed: no digits, since a printed digit is neither a handwritten one nor none, and nothing just like one. */
const PRINTED = [...'ABCDEFGHJKLMNPQRTUVWXYacdefhijkmnprtuvwxy+=×÷()?!%#&@*<>[]{}€:;,.'];

/** Where a scene's characters come from. */
export class Characters {
  readonly #digits: DigitPictures;
  readonly #printed = new Map<string, Promise<Glyph>>();

  constructor(digits: DigitPictures) {
    this.#digits = digits;
  }

  digit(random: Random): Glyph {
    return this.digitOf(random.integer(10), OWN_DIGITS, random);
  }

  /** Someone's digit of that class. @param own chance that it is of our own drawing, not MNIST's */
  digitOf(digit: number, own: number, random: Random): Glyph {
    if (!chance(random, own)) return this.#digits.draw(digit, random.uniform(0, 1), random);
    const notation = pick(random, HANDWRITTEN_DIGITS[digit]);
    return strokeGlyph(String(digit), notation, random, random.uniform(0.15, 0.5));
  }

  /** A letter, an operator or another sign by hand. */
  sign(random: Random): Glyph {
    const label = pick(random, Object.keys(ALPHABET));
    return strokeGlyph(label, ALPHABET[label], random, random.uniform(0.1, 0.5));
  }

  scribble(random: Random): Glyph {
    return scribbleGlyph(random);
  }

  /** A printed character; where the fonts are not installed, whatever stands in for them. */
  async printed(random: Random): Promise<Glyph> {
    return this.print(pick(random, PRINTED), drawFont(random));
  }

  /** A certain character in a certain font. */
  async print(character: string, { family, style }: Font): Promise<Glyph> {
    const key = `${character} ${family} ${style}`;
    const known = this.#printed.get(key) ?? printedGlyph(character, family, style);
    // The one used last stands last, so that the first one is the one to drop.
    this.#printed.delete(key);
    this.#printed.set(key, known);
    if (this.#printed.size > MAX_KEPT_CHARACTERS) this.#printed.delete(this.#printed.keys().next().value ?? key);
    return known;
  }
}

export function drawFont(random: Random): Font {
  return { family: pick(random, FONTS), style: pick(random, STYLES) };
}
