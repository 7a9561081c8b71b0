import type { Point } from '@inkcast/reader/vision';
import fc from 'fast-check';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Bytes of any value that a seed decides: a property test would make them one by one, slowly. */
export function noise(length: number, seed: number): Uint8Array {
  let state = (seed | 0) ^ 0x9e3779b9;
  return Uint8Array.from({ length }, () => {
    // Marsaglia's xorshift, which only zero would stop.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    // Edges as hard as print has them are as likely as shades.
    const byte = (state >>> 8) & 0xff;
    return seed % 2 === 0 ? byte : byte < 128 ? 0 : 255;
  });
}

const share = fc.double({ min: 0, max: 0.45, noNaN: true });

/** Corners of convex pages in shares of a picture's sides: top left, top right, bottom right, bottom left. */
export const corners: fc.Arbitrary<readonly Point[]> = fc
  .array(share, { minLength: 8, maxLength: 8 })
  .map(([a, b, c, d, e, f, g, h]) => [
    { x: a, y: b },
    { x: 1 - c, y: d },
    { x: 1 - e, y: 1 - f },
    { x: g, y: 1 - h },
  ]);
