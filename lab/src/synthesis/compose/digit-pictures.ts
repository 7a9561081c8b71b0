import { type Dataset, pictureAt } from '@inkcast/training/data';
import type { Random } from '@inkcast/training/random';
import type { Glyph } from '../glyphs/glyph.js';
import { mnistGlyph, mnistStrokes } from '../glyphs/mnist-glyph.js';

/** Handwritten digits to write with, by class. */
export class DigitPictures {
  readonly #dataset: Dataset;
  readonly #byLabel: readonly (readonly number[])[];

  constructor(dataset: Dataset) {
    const byLabel: number[][] = dataset.classes.map(() => []);
    dataset.labels.forEach((label, index) => {
      byLabel[label].push(index);
    });
    this.#dataset = dataset;
    this.#byLabel = byLabel;
  }

  /** A random digit of a class. @param keep as in `mnistGlyph` */
  draw(digit: number, keep: number, random: Random): Glyph {
    return mnistGlyph(String(digit), this.#picture(digit, random), keep);
  }

  /** A random digit of a class in smooth strokes. */
  drawNeatly(digit: number, random: Random): Glyph {
    return mnistStrokes(String(digit), this.#picture(digit, random));
  }

  #picture(digit: number, random: Random): Uint8Array {
    const places = this.#byLabel[digit];
    return pictureAt(this.#dataset, places[random.integer(places.length)]);
  }
}
