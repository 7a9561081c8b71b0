import type { Random } from '@inkcast/training/random';
import { chance, pick } from '../draws.js';
import { ALPHABET } from '../glyphs/alphabet.js';
import type { Glyph } from '../glyphs/glyph.js';
import { HANDWRITTEN_DIGITS } from '../glyphs/handwritten-digits.js';
import { printedGlyph, printedLines } from '../glyphs/printed-glyph.js';
import { copiedGlyph, scribbleGlyph, strokeGlyph } from '../glyphs/stroke-glyph.js';
import type { Polyline } from '../glyphs/stroke-path.js';
import type { DigitPictures } from './digit-pictures.js';

/** Share of generated digits. The others are from MNIST. */
const OWN_DIGITS = 0.3;
/** Maximum number of cached printed characters. Each takes 50 KB. */
const MAX_KEPT_CHARACTERS = 1500;
/** A typeface: a family and attributes of an SVG text. */
export interface Font {
  readonly family: string;
  readonly style: string;
}

/** Fonts of Debian's packages fonts-dejavu, fonts-liberation, fonts-freefont-ttf, fonts-lato and fonts-urw-base35. */
const FONTS = [
  ...['DejaVu Sans', 'DejaVu Serif', 'DejaVu Sans Mono', 'DejaVu Sans Condensed', 'DejaVu Serif Condensed'],
  ...['Liberation Sans', 'Liberation Serif', 'Liberation Mono', 'FreeSans', 'FreeSerif', 'FreeMono', 'Lato'],
  ...['Nimbus Roman', 'Nimbus Mono PS', 'C059', 'P052', 'URW Gothic', 'URW Bookman'],
];
const STYLES = ['', 'font-weight="bold"', 'font-style="italic"'];
/** Printed characters. Digits and look-alikes are missing: a printed digit is neither a handwritten digit nor none. */
const PRINTED = [...'ABCDEFGHJKLMNPQRTUVWXYacdefhijkmnprtuvwxy+=×÷()?!%#&@*<>[]{}€:;,.'];

/** Fonts whose digits people write who write as print does. */
const COPIED_FONTS = [
  'DejaVu Sans',
  'DejaVu Sans Condensed',
  'Liberation Sans',
  'FreeSans',
  'Lato',
  'URW Gothic',
  'C059',
];

/**
 * How a person writes. Strokes of a neat hand are even and smooth, so that only the shapes tell them from print. Some neat
 * hands also have the shapes of print, so that only pen and company tell them from it.
 */
export type Manner = 'free' | 'neat' | 'printlike';

/** The manner of some person. */
export const drawManner = (random: Random): Manner =>
  pick<Manner>(random, ['free', 'free', 'free', 'neat', 'printlike']);

/** How a person writes digits. */
export interface DigitManner {
  /** Probability of a generated digit instead of one from MNIST. */
  readonly own: number;
  readonly manner: Manner;
}

/** How far a neat hand misses each point of a stroke, in tenths of a digit's height. */
export const neatShake = (random: Random): number => random.uniform(0.02, 0.2);

/** Distortion of the shapes of a neat hand, in grid units. */
export const neatBend = (random: Random): number => random.uniform(0, 0.4);

/** The source of a scene's characters. */
export class Characters {
  readonly #digits: DigitPictures;
  /** The lines of each digit in each font that is copied. */
  readonly #copied: readonly (readonly Polyline[])[][];
  readonly #printed = new Map<string, Promise<Glyph>>();

  private constructor(digits: DigitPictures, copied: readonly (readonly Polyline[])[][]) {
    this.#digits = digits;
    this.#copied = copied;
  }

  static async load(digits: DigitPictures): Promise<Characters> {
    const linesOf = (digit: number) => Promise.all(COPIED_FONTS.map((font) => printedLines(String(digit), font)));
    return new Characters(digits, await Promise.all(Array.from({ length: 10 }, (_, digit) => linesOf(digit))));
  }

  digit(manner: Manner, random: Random): Glyph {
    return this.digitOf(random.integer(10), { own: OWN_DIGITS, manner }, random);
  }

  /** A random digit of a class. */
  digitOf(digit: number, { own, manner }: DigitManner, random: Random): Glyph {
    const label = String(digit);
    if (manner === 'printlike') return copiedGlyph(label, pick(random, this.#copied[digit]), random);
    if (chance(random, own)) {
      const shake = manner === 'neat' ? neatShake(random) : random.uniform(0.15, 0.5);
      return strokeGlyph(label, pick(random, HANDWRITTEN_DIGITS[digit]), random, shake);
    }
    if (manner === 'neat') return this.#digits.drawNeatly(digit, random);
    return this.#digits.draw(digit, random.uniform(0, 1), random);
  }

  /** A letter, an operator or another sign by hand. */
  sign(random: Random): Glyph {
    const label = pick(random, Object.keys(ALPHABET));
    return strokeGlyph(label, ALPHABET[label], random, random.uniform(0.1, 0.5));
  }

  scribble(random: Random): Glyph {
    return scribbleGlyph(random);
  }

  /** A printed character. If a font is not installed, the system uses another font. */
  async printed(random: Random): Promise<Glyph> {
    return this.print(pick(random, PRINTED), drawFont(random));
  }

  /** A certain character in a certain font. */
  async print(character: string, { family, style }: Font): Promise<Glyph> {
    const key = `${character} ${family} ${style}`;
    const known = this.#printed.get(key) ?? printedGlyph(character, family, style);
    // The most recently used character is the last entry, so the first entry is dropped.
    this.#printed.delete(key);
    this.#printed.set(key, known);
    if (this.#printed.size > MAX_KEPT_CHARACTERS) this.#printed.delete(this.#printed.keys().next().value ?? key);
    return known;
  }
}

export function drawFont(random: Random): Font {
  return { family: pick(random, FONTS), style: pick(random, STYLES) };
}
