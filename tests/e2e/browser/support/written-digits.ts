import type { PadPoint } from './try-page.js';

/** A digit's strokes as a hand writes them: x and y by turns, in a box 60 wide and 100 high. */
const STROKES: Readonly<Record<string, readonly string[]>> = {
  0: ['34 2 18 8 6 28 2 52 8 82 24 98 40 94 52 76 57 48 52 20 34 2'],
  1: ['16 22 34 4 34 98'],
  2: ['6 24 14 8 30 2 46 8 52 24 46 44 28 68 4 97 56 96'],
  3: ['8 8 30 2 48 10 50 28 40 42 24 48 44 54 55 70 50 88 32 98 12 95 4 86'],
  4: ['20 4 12 34 4 60 56 58', '42 30 40 98'],
  5: ['14 4 10 44 30 38 48 46 55 66 48 88 30 98 8 93', '14 4 52 5'],
  6: ['44 3 24 16 10 40 4 68 10 88 28 98 46 92 54 74 46 58 30 54 14 62 6 76'],
  7: ['4 6 56 5 40 44 26 98'],
  8: ['48 12 30 2 12 10 10 26 24 42 44 58 54 76 46 94 28 98 10 92 6 76 18 58 40 40 50 24 48 12'],
  9: ['52 24 40 6 22 4 8 18 8 38 22 50 40 46 51 28 52 24 50 60 44 98'],
};

/** @param place the upper left corner of the digit's box on the pad @returns the points of each stroke */
export function strokesOf(digit: string, [left, top]: PadPoint): PadPoint[][] {
  return STROKES[digit].map((stroke) => {
    const numbers = stroke.split(' ').map(Number);
    return numbers.flatMap((x, at) => (at % 2 === 0 ? [[left + x, top + numbers[at + 1]] as const] : []));
  });
}
