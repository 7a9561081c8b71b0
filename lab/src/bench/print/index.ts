import { readFile } from 'node:fs/promises';
import { Random } from '@inkcast/training/random';
import { openReader, type ReaderChoice } from '../../models/index.js';
import { inRepository } from '../../repository/index.js';
import type { Benchmark } from '../benchmark.js';
import { numberFrom } from '../number-from.js';
import { printPage } from './print-page.js';

const PAGES = 100;
const SEED = 1;
/** Generic families: the fonts of this machine replace them. */
const FAMILIES = ['sans-serif', 'serif', 'monospace'];

interface Result {
  readonly model: string;
  readonly families: readonly string[];
  readonly pages: number;
  readonly falseDigits: number;
  readonly pagesWithFalseDigits: number;
}

/**
 * Reads printed pages without digits: the text of the licence in different sizes.
 *
 * @param words optionally the number of pages, a seed, and font families separated by commas
 */
async function measure([pages, seed, families]: readonly string[], choice: ReaderChoice): Promise<Result> {
  const count = numberFrom(pages, 'the number of pages', PAGES);
  const random = new Random(numberFrom(seed, 'the seed', SEED, 0));
  const { reader, model, close } = await openReader(choice);
  try {
    const licence = await readFile(inRepository('LICENSE'), 'utf8');
    const words = licence.split(/[^A-Za-z,.;()'-]+/).filter((word) => /[A-Za-z]/.test(word));
    const fonts = families?.split(',') ?? FAMILIES;
    const counts: number[] = [];
    for (let page = 0; page < count; page++) {
      const { reading } = reader.read(await printPage(words, fonts, random.fork(page)));
      counts.push(reading.digits.length);
    }
    return {
      model,
      families: fonts,
      pages: counts.length,
      falseDigits: counts.reduce((sum, count) => sum + count, 0),
      pagesWithFalseDigits: counts.filter((count) => count > 0).length,
    };
  } finally {
    close();
  }
}

const describe = ({ model, families, pages, falseDigits, pagesWithFalseDigits }: Result): string[] => [
  `${model}: ${pages} pages of print without digits, ${families.join(', ')}`,
  `${falseDigits} false digits, in ${pagesWithFalseDigits} pages`,
];

export const benchmark: Benchmark<Result> = { measure, describe };
