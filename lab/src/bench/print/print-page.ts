import type { LumaFrame } from '@inkcast/reader/vision';
import type { Random } from '@inkcast/training/random';
import sharp from 'sharp';
import { chance, logUniform, pick } from '../../synthesis/index.js';

const WIDTH = 640;
const HEIGHT = 480;
const STYLES = ['', 'font-weight="bold"', 'font-style="italic"'];
/** Mean width of a character, relative to the font size. */
const CHARACTER = 0.55;
const LEADING = 1.35;

/**
 * A camera frame of printed text: a page in small type, or a few words in large type. It is slightly tilted and blurred,
 * and has noise.
 *
 * @param words the text to print, from a random word on
 */
export async function printPage(
  words: readonly string[],
  families: readonly string[],
  random: Random,
): Promise<LumaFrame> {
  const size = logUniform(random, 14, 100);
  const [paper, ink] = chance(random, 0.8) ? [random.uniform(170, 250), random.uniform(5, 90)] : [15, 220];
  const isUpper = size > 40 && chance(random, 0.5);
  const lines = linesOf(words, random.integer(words.length), size).map((line) => (isUpper ? line.toUpperCase() : line));
  const text = lines.map((line, index) => `<text x="20" y="${(index + 1) * LEADING * size}">${line}</text>`).join('');
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">` +
    `<rect width="100%" height="100%" fill="${grey(paper)}"/><g transform="rotate(${random.uniform(-4, 4)} 320 240)" ` +
    `font-family="${pick(random, families)}" ${pick(random, STYLES)} font-size="${size}" fill="${grey(ink)}">${text}</g></svg>`;
  const picture = sharp(Buffer.from(svg)).blur(random.uniform(0.4, 1.2)).grayscale();
  const luma = await picture.raw({ depth: 'uchar' }).toBuffer();
  const noise = random.uniform(0, 5);
  const gray = Uint8Array.from(luma, (value) => Math.max(0, Math.min(255, value + noise * random.uniform(-1.7, 1.7))));
  return { width: WIDTH, height: HEIGHT, gray };
}

/** Lines that fill a frame, or part of it. */
function linesOf(words: readonly string[], first: number, size: number): string[] {
  const longest = (WIDTH - 40) / (CHARACTER * size);
  const lines: string[] = [];
  let line = '';
  for (let at = first; lines.length < Math.floor(HEIGHT / (LEADING * size)); at++) {
    const word = words[at % words.length];
    if (line !== '' && line.length + 1 + word.length > longest) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}

const grey = (luma: number): string => `rgb(${Array.from({ length: 3 }, () => Math.round(luma)).join(',')})`;
