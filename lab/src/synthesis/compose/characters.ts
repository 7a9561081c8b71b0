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
    const digit = random.integer(10);
    if (!chance(random, OWN_DIGITS)) return this.#digits.draw(digit, random.uniform(0, 1), random);
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
    const character = pick(random, PRINTED);
    const [family, style] = [pick(random, FONTS), pick(random, STYLES)];
    const key = `${character} ${family} ${style}`;
    const known = this.#printed.get(key) ?? printedGlyph(character, family, style);
    this.#printed.set(key, known);
    return known;
  }
}
