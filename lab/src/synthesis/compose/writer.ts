import type { Random } from '@inkcast/training/random';
import { chance, logUniform, pick } from '../draws.js';
import { CURSIVE } from '../glyphs/cursive.js';
import type { Glyph } from '../glyphs/glyph.js';
import { DIGIT_LIKE, LETTERS } from '../glyphs/letters.js';
import { strokeGlyph } from '../glyphs/stroke-glyph.js';
import type { Mark, Pen } from '../scene/scene.js';
import { type Characters, type DigitManner, drawManner, neatBend, neatShake } from './characters.js';
import { type Hand, lineWidth, writeLine } from './write-line.js';

/** Number of shapes that one person has for the same character. */
const SHAPES = 2;
/** Minimum length of a word that distinguishes a letter from a digit. */
const WORD = 3;

/** How much of a pen's varying pressure is left in a neat hand. */
const EVEN_PRESSURE = 0.3;

/** Replacement for a character without strokes. */
const UNKNOWN = '-';

/** One person with one pen. The same character looks similar each time. */
export class Writer {
  readonly pen: Pen;
  readonly #characters: Characters;
  readonly #style: Omit<Hand, 'size' | 'pen'>;
  readonly #cursive: boolean;
  readonly #manner: DigitManner;
  readonly #shake: number;
  readonly #known = new Map<string, Glyph[]>();

  constructor(characters: Characters, pen: Pen, random: Random) {
    const manner = drawManner(random);
    const isNeat = manner !== 'free';
    this.pen = isNeat ? { ...pen, pressure: EVEN_PRESSURE * pen.pressure } : pen;
    this.#characters = characters;
    this.#cursive = chance(random, 0.5);
    this.#manner = { own: pick(random, [0, 0.3, 1]), manner };
    this.#shake = isNeat ? neatShake(random) : random.uniform(0.1, 0.45);
    this.#style = {
      gap: pick(random, [logUniform(random, 0.08, 0.3), random.uniform(0.12, 0.4), random.uniform(-0.16, 0.08)]),
      slant: random.uniform(-0.2, 0.4),
      angle: 0.02 * random.normal(),
      stretch: logUniform(random, 0.65, 1.25),
      unrest: isNeat ? random.uniform(0, 0.08) : random.uniform(0.02, 0.16),
      bend: isNeat ? neatBend(random) : random.uniform(0, 2),
    };
  }

  /** The handwriting of this person at a size. @param size height of a digit in page units */
  hand(size: number): Hand {
    return { ...this.#style, pen: this.pen, size };
  }

  digit(digit: number, random: Random): Glyph {
    return this.#shape(String(digit), random, () => this.#characters.digitOf(digit, this.#manner, random));
  }

  /** A letter or a sign; a digit where `label` is one. */
  sign(label: string, random: Random): Glyph {
    if (/^[0-9]$/.test(label)) return this.digit(Number(label), random);
    return this.#shape(label, random, () => {
      const known = label in DIGIT_LIKE || label in LETTERS ? label : UNKNOWN;
      return strokeGlyph(known, pick(random, DIGIT_LIKE[known] ?? LETTERS[known]), random, this.#shake);
    });
  }

  /** A line of digits and signs. @param x start of its ink, `y` its centre */
  line(labels: readonly string[], x: number, y: number, size: number, random: Random): Mark[] {
    return writeLine(this.glyphs(labels, random), x, y, this.hand(size), random);
  }

  glyphs(labels: readonly string[], random: Random): Glyph[] {
    return labels.map((label) => this.sign(label, random));
  }

  /** Page units that a line takes. */
  width(labels: readonly string[], size: number, random: Random): number {
    return lineWidth(this.glyphs(labels, random), this.hand(size));
  }

  /** A word, its letters joined where this person joins them. */
  word(letters: string, x: number, y: number, size: number, random: Random): { marks: Mark[]; width: number } {
    const glyphs = [...plain(letters)].map((letter) => this.#letter(letter, random));
    const hand = {
      ...this.hand(size),
      gap: this.#cursive ? -0.05 : Math.min(0.12, Math.max(0.02, this.#style.gap / 2)),
    };
    const inWord = glyphs.length >= WORD;
    const marks = writeLine(glyphs, x, y, hand, random).map((mark) => ({ ...mark, inWord }));
    return { marks, width: lineWidth(glyphs, hand) };
  }

  #letter(letter: string, random: Random): Glyph {
    const joined = this.#cursive ? CURSIVE[letter] : undefined;
    if (joined === undefined) return this.sign(letter, random);
    return this.#shape(`joined ${letter}`, random, () => strokeGlyph(letter, joined, random, this.#shake));
  }

  #shape(key: string, random: Random, make: () => Glyph): Glyph {
    const known = this.#known.get(key) ?? [];
    if (known.length === SHAPES) return pick(random, known);
    const made = make();
    this.#known.set(key, [...known, made]);
    return made;
  }
}

/** The text without accents, because the alphabets have none. */
function plain(letters: string): string {
  return letters.normalize('NFD').replace(/[^\x20-\x7e]/g, '');
}
