import { boxAround } from '@inkcast/reader/vision';
import type { Random } from '@inkcast/training/random';
import { EM, GRID } from './glyphs/glyph.js';
import { drawCharacter, type Hand } from './hand-crops.js';

export interface HandPageOptions {
  readonly width: number;
  readonly height: number;
  /** Height of a capital, in pixels. */
  readonly size: number;
  /** How much shapes differ from one time to the next; default 0.3. */
  readonly shake?: number;
  /** Lines to write on, fainter than the ink. */
  readonly ruled?: boolean;
}

/** A character of a page, and where its ink is. */
export interface PageMark {
  readonly label: string;
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/** A page as a camera sees it: luma, row-major. */
export interface HandPage {
  readonly width: number;
  readonly height: number;
  readonly gray: Uint8Array;
  /** In reading order. */
  readonly marks: readonly PageMark[];
}

/** Of a capital's height. */
const MARGIN = 0.8;
const LINE_SPACING = 2;
const RULE_CONTRAST = 25;
/** Coverage from which a pixel is ink. */
const INK = 128;

/**
 * Rows of characters in a hand, on paper in light that falls off to one side, with the noise of a sensor.
 *
 * @param rows names of characters that the hand has
 */
export function handPage(
  hand: Hand,
  rows: readonly (readonly string[])[],
  { width, height, size, ruled = false, shake = 0.3 }: HandPageOptions,
  random: Random,
): HandPage {
  const ink = new Uint8Array(width * height);
  const marks: PageMark[] = [];
  const side = Math.round((size * GRID) / EM);
  rows.forEach((row, index) => {
    let left = MARGIN * size;
    const middle = (MARGIN + 0.5 + LINE_SPACING * index) * size;
    for (const label of row) {
      const drawn = drawCharacter(hand, label, side, random, shake);
      const own = boxAround(drawn, side, (cover) => cover >= INK);
      const x = Math.round(left - own.x);
      const y = Math.round(middle + random.uniform(-0.06, 0.06) * size - side / 2);
      paint(ink, { width, height }, drawn, { x, y, side });
      marks.push({ label, box: { ...own, x: own.x + x, y: own.y + y } });
      left += own.width + random.uniform(0.3, 0.6) * size;
    }
  });
  const paper = random.uniform(190, 235);
  const contrast = random.uniform(70, 150);
  const fall = random.uniform(-40, 40);
  const noise = random.uniform(1, 3);
  const gray = Uint8Array.from(ink, (cover, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    const isRule = ruled && Math.abs((y + size / 2) % (LINE_SPACING * size)) < 1.5;
    const light = paper + fall * (x / width - 0.5) - (isRule ? RULE_CONTRAST : 0);
    const grain = noise * (random.next() + random.next() + random.next() + random.next() - 2) * 1.7;
    return Math.min(255, Math.max(0, Math.round(light - (contrast * cover) / 255 + grain)));
  });
  return { width, height, gray, marks };
}

interface Square {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

function paint(
  ink: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
  drawn: Uint8Array,
  { x, y, side }: Square,
): void {
  drawn.forEach((cover, at) => {
    const [column, row] = [x + (at % side), y + Math.floor(at / side)];
    if (column < 0 || row < 0 || column >= width || row >= height) return;
    ink[row * width + column] = Math.max(ink[row * width + column], cover);
  });
}
