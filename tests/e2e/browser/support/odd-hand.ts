import { Random } from '@inkcast/training/random';
import sharp from 'sharp';

/**
 * The strokes of a hand that the shipped model is not used to, 100 units wide and 140 high: a European 1 whose flag
 * begins near the ground, a 7 crossed low, a 4 that is open above, and a 9 like a g.
 */
const STROKES = {
  1: ['M 2 120 L 56 8 L 54 132'],
  7: ['M 14 14 L 80 12 L 46 132', 'M 14 92 L 88 88'],
  4: ['M 18 10 Q 10 74 40 76 Q 78 76 82 10 L 80 132'],
  9: ['M 76 20 Q 40 0 22 34 Q 16 62 48 62 Q 74 58 76 20 L 76 104 Q 68 140 34 130 Q 2 116 20 100 Q 50 86 90 92'],
} as const;

export type OddDigit = keyof typeof STROKES;

const DIGITS: readonly OddDigit[] = [1, 4, 7, 9];
/** Of a sheet, in pixels. */
const [WIDTH, HEIGHT] = [640, 480];
/** Digits of a row, and the height of their box in pixels. */
const [IN_ROW, SIZE] = [5, 90];
const BLACK = { r: 0, g: 0, b: 0 };
const CROP = 28;
/** How many of each digit somebody has seen who knows the hand. */
const SEEN = 12;
/** A crop that is so much like one of them is that digit; one that is less like all shows a part of one, or nothing. */
const MIN_DIGIT_LIKENESS = 0.7;
const MAX_PART_LIKENESS = 0.58;
/** The keys of what is no digit, and of what nobody can tell. */
const [NONE, SKIP] = ['n', 's'];

/**
 * Writes digits on a sheet of paper and takes its picture: a JPEG of 640x480 pixels.
 *
 * @param seed the hand is a little unsteady, each time in another way
 */
export async function writeOddly(file: string, digits: readonly OddDigit[], seed: number): Promise<void> {
  const random = new Random(seed);
  const written = digits.map((digit, index) => {
    const [x, y] = [64 + (index % IN_ROW) * 110, 65 + Math.floor(index / IN_ROW) * 140];
    const place = `translate(${x + random.uniform(-5, 5)} ${y + random.uniform(-5, 5)})`;
    return `<g transform="${place} scale(${SIZE / 140})">${write(digit, random)}</g>`;
  });
  const paper =
    '<linearGradient id="paper" x2="1" y2="1"><stop stop-color="#e9e5da"/><stop offset="1" stop-color="#cfcabd"/></linearGradient>';
  const drawing = svg(
    [WIDTH, HEIGHT],
    `<defs>${paper}</defs><rect width="100%" height="100%" fill="url(#paper)"/><g stroke="#26283a">${written.join('')}</g>`,
  );
  await sharp(drawing).blur(0.8).jpeg({ quality: 88 }).toFile(file);
}

interface SeenCrop {
  readonly digit: OddDigit;
  readonly crop: Uint8Array;
}

/** Somebody who knows the hand. */
export class OddReader {
  readonly #seen: readonly SeenCrop[];

  private constructor(seen: readonly SeenCrop[]) {
    this.#seen = seen;
  }

  static async create(): Promise<OddReader> {
    const random = new Random(1);
    const digits = DIGITS.flatMap((digit) => new Array<OddDigit>(SEEN).fill(digit));
    const drawings = digits.map((digit) => ({ digit, drawing: write(digit, random) }));
    return new OddReader(
      await Promise.all(
        drawings.map(async ({ digit, drawing }) => ({ digit, crop: await softly(await cropOf(drawing)) })),
      ),
    );
  }

  /** @param picture of a crop @returns the key for it */
  async keyFor(picture: Buffer): Promise<string> {
    const crop = await softly(picture);
    const known = this.#seen.map((seen) => ({ digit: seen.digit, likeness: likeness(crop, seen.crop) }));
    const [best] = known.toSorted((a, b) => b.likeness - a.likeness);
    if (best.likeness >= MIN_DIGIT_LIKENESS) return String(best.digit);
    return best.likeness < MAX_PART_LIKENESS ? NONE : SKIP;
  }
}

/** A point of a stroke in a box of 100x140 units. */
export type OddPoint = readonly [x: number, y: number];

/** Steps along a curve. */
const CURVE_STEPS = 4;

/** The strokes of a digit as a pen goes along them. */
export function oddStrokes(digit: OddDigit, random: Random): OddPoint[][] {
  const about = (value: number, reach: number) => random.uniform(value - reach, value + reach);
  return STROKES[digit].map((path) => {
    const points: OddPoint[] = [];
    for (const [, command, text] of path.matchAll(/([MLQ])([\d. ]+)/g)) {
      const numbers = text
        .trim()
        .split(' ')
        .map((value) => about(Number(value), 6));
      const ends = Array.from(
        { length: numbers.length / 2 },
        (_, at): OddPoint => [numbers[2 * at], numbers[2 * at + 1]],
      );
      if (command !== 'Q') points.push(...ends);
      else {
        // A quadratic curve may go on in further pairs of points.
        for (let at = 0; at < ends.length; at += 2)
          points.push(...curve(points[points.length - 1], ends[at], ends[at + 1]));
      }
    }
    return points;
  });
}

const curve = (from: OddPoint, by: OddPoint, to: OddPoint): OddPoint[] =>
  Array.from({ length: CURVE_STEPS }, (_, step) => {
    const t = (step + 1) / CURVE_STEPS;
    const on = (axis: 0 | 1) => (1 - t) ** 2 * from[axis] + 2 * t * (1 - t) * by[axis] + t ** 2 * to[axis];
    return [on(0), on(1)];
  });

/** A digit in a box of 100x140 units, whose colour is that of what is around it. */
function write(digit: OddDigit, random: Random): string {
  const about = (value: number, reach: number) => random.uniform(value - reach, value + reach);
  const paths = STROKES[digit].map((path) => path.replace(/\d+/g, (number) => about(Number(number), 8).toFixed(1)));
  const turned = `rotate(${about(0, 7)}) skewX(${about(0, 9)}) scale(${about(1, 0.09)})`;
  const pen = `fill="none" stroke-width="${about(9.5, 2)}" stroke-linecap="round" stroke-linejoin="round"`;
  return `<g transform="${turned}" ${pen}>${paths.map((path) => `<path d="${path}"/>`).join('')}</g>`;
}

/** A digit as a crop shows it: white on black, 20 pixels long, in the middle. */
async function cropOf(drawing: string): Promise<Buffer> {
  const white = svg([260, 280], `<g transform="translate(80 70)" stroke="#fff">${drawing}</g>`);
  const drawn = await sharp(white).flatten({ background: BLACK }).png().toBuffer();
  const ink = await sharp(drawn).trim({ background: BLACK, threshold: 60 }).toBuffer();
  const margin = (CROP - 20) / 2;
  return sharp(ink)
    .resize(20, 20, { fit: 'contain', background: BLACK })
    .extend({ top: margin, bottom: margin, left: margin, right: margin, background: BLACK })
    .png()
    .toBuffer();
}

/** Gray values, blurred, so that a stroke a pixel beside another is still like it. */
function softly(picture: Buffer): Promise<Uint8Array> {
  return sharp(picture).resize(CROP, CROP).grayscale().blur(1.2).raw().toBuffer();
}

/** Pearson's correlation of two pictures. */
function likeness(a: Uint8Array, b: Uint8Array): number {
  const [u, v] = [a, b].map((picture) => {
    const mean = picture.reduce((sum, value) => sum + value, 0) / picture.length;
    return Array.from(picture, (value) => value - mean);
  });
  const dot = (x: readonly number[], y: readonly number[]) =>
    x.reduce((sum, value, index) => sum + value * y[index], 0);
  return dot(u, v) / Math.sqrt(dot(u, u) * dot(v, v));
}

const svg = ([width, height]: readonly number[], content: string): Buffer =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${content}</svg>`);
