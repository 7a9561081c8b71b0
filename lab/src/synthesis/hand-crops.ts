import { normalizeLuma } from '@inkcast/reader/vision';
import { normalizeDigit } from '@inkcast/shared/normalization';
import type { Around, LabelledCrop } from '@inkcast/shared/teaching';
import type { Random } from '@inkcast/training/random';
import { distanceAt, EM, GRID } from './glyphs/glyph.js';
import { HANDWRITTEN_DIGITS } from './glyphs/handwritten-digits.js';
import { LETTERS } from './glyphs/letters.js';
import { strokeGlyph } from './glyphs/stroke-glyph.js';

/** The way in which a person writes each character, in the notation of `stroke-path.ts`. */
export type Hand = Readonly<Record<string, string>>;

/** A hand that models trained on MNIST misread: a European 1 with a long flag, a crossed 7, an open 4, a 9 like a g. */
export const ODD_HAND: Hand = {
  ...firstForms(HANDWRITTEN_DIGITS),
  1: 'm-1.5 8.8 q2 4.5 4 0 l4 10',
  4: 'm0.5 0 q0 5.5 1.5 5.8 q5 6.2 6.2 0.4 m6.4 0 q6 6 4.4 10',
  7: 'm0 1.6 q1 -0.4 3 0.2 q5.4 0.8 7 0 q4.6 5 4 10 m0.6 5.4 l7.4 4.4',
  9: 'm6 1 q3 -1.4 1 1 q-0.8 4.4 2 5 q5 4.8 6 0.6 q6.6 9 4.6 10.6 q1 12 -0.4 9 q1.4 7.4 6.6 7',
};

/** A hand's letters: the first form of each. */
export const LETTER_HAND: Hand = firstForms(LETTERS);

/** The picture is drawn with this many pixels a side before it is normalised. */
const SIDE = 64;

/** Side in pixels of the picture around a character, and what it shows, in longer sides of the character. */
const [AROUND_SIDE, AROUND_WINDOW] = [48, 1.8];
/** Luma of paper and of full ink, and of the paper's grain. */
const [PAPER, INK, GRAIN] = [205, 60, 9];

/**
 * A character as this hand writes it, as the crop that a classifier sees. Shape, slant, width and pen differ each time.
 *
 * @returns 28x28 bytes, white ink on black
 */
export function handCrop(hand: Hand, label: string, random: Random): Uint8Array {
  return handSight(hand, label, random).pixels;
}

/** As `handCrop`, with what is around it on a paper, as a verifier sees it. */
export function handSight(
  hand: Hand,
  label: string,
  random: Random,
): Pick<LabelledCrop, 'pixels'> & { around: Around } {
  const data = drawCharacter(hand, label, SIDE, random);
  const around = { window: AROUND_WINDOW, pixels: onPaper(data) };
  return { pixels: normalizeDigit({ width: SIDE, height: SIDE, data }), around };
}

/** Ink on paper, with the middle of the ink in the middle. */
function onPaper(ink: Uint8Array): Uint8Array {
  const places = Array.from(ink.keys()).filter((at) => ink[at] > 127);
  const [left, right, top, bottom] = [places.map((at) => at % SIDE), places.map((at) => Math.floor(at / SIDE))].flatMap(
    (all) => [Math.min(...all), Math.max(...all) + 1],
  );
  const step = (AROUND_WINDOW * Math.max(right - left, bottom - top)) / AROUND_SIDE;
  const luma = Float32Array.from({ length: AROUND_SIDE ** 2 }, (_, at) => {
    const [u, v] = [at % AROUND_SIDE, Math.floor(at / AROUND_SIDE)];
    const x = Math.floor((left + right) / 2 + (u + 0.5 - AROUND_SIDE / 2) * step);
    const y = Math.floor((top + bottom) / 2 + (v + 0.5 - AROUND_SIDE / 2) * step);
    const isInside = x >= 0 && y >= 0 && x < SIDE && y < SIDE;
    const share = isInside ? ink[y * SIDE + x] / 255 : 0;
    return PAPER + share * (INK - PAPER) + (((at * 7919) % (2 * GRAIN + 1)) - GRAIN);
  });
  return normalizeLuma(luma, 'dark');
}

/**
 * A character as this hand writes it, in the middle of a square. Shape, slant, width and pen differ each time.
 *
 * @param side of the square in pixels; a capital is as high as `EM / GRID` of it
 * @returns `side * side` bytes, the coverage by ink
 */
export function drawCharacter(hand: Hand, label: string, side: number, random: Random, shake = 0.3): Uint8Array {
  const glyph = strokeGlyph(label, hand[label], random, shake);
  const lean = random.uniform(-0.1, 0.25);
  const stretch = random.uniform(0.8, 1.1);
  const pen = EM * random.uniform(0.07, 0.14);
  const units = GRID / side;
  return Uint8Array.from({ length: side * side }, (_, at) => {
    const dy = (Math.floor(at / side) + 0.5) * units - GRID / 2;
    const dx = ((at % side) + 0.5) * units - GRID / 2;
    const distance = distanceAt(glyph, (dx + lean * dy) / stretch + GRID / 2, dy + GRID / 2);
    return 255 * Math.min(1, Math.max(0, 0.5 + (pen / 2 - distance) / units));
  });
}

function firstForms(forms: Readonly<Record<string, readonly string[]>>): Hand {
  return Object.fromEntries(Object.entries(forms).map(([label, [first]]) => [label, first]));
}
