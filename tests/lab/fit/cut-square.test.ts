import assert from 'node:assert/strict';
import { cutSquare, type Square, type StoredFrame } from '@inkcast/lab/fit';
import fc from 'fast-check';
import { noise } from './support/frame.js';

/** Mean over the area of a cell, from many points in it. Beyond the frame, the nearest pixel is repeated. */
function sampled(frame: StoredFrame, { left, top, side }: Square, size: number, u: number, v: number): number {
  const points = 60;
  const step = side / size;
  const clamp = (at: number, most: number): number => Math.min(most - 1, Math.max(0, Math.floor(at)));
  let sum = 0;
  for (let j = 0; j < points; j++) {
    for (let i = 0; i < points; i++) {
      const x = clamp(left + (u + (i + 0.5) / points) * step, frame.width);
      const y = clamp(top + (v + (j + 0.5) / points) * step, frame.height);
      sum += frame.gray[y * frame.width + x];
    }
  }
  return sum / points ** 2 / 255;
}

describe('cutting a square out of a frame', () => {
  it('takes the mean of the area of each pixel where it shrinks, also beyond the edge', () => {
    const frame = noise(13, 9);
    const inside = {
      left: fc.double({ min: -6, max: 10, noNaN: true }),
      top: fc.double({ min: -6, max: 6, noNaN: true }),
    };
    fc.assert(
      fc.property(fc.record({ ...inside, side: fc.double({ min: 5, max: 20, noNaN: true }) }), (square) => {
        const size = 4;
        const cut = cutSquare(frame, square, size);
        for (let v = 0; v < size; v++) {
          for (let u = 0; u < size; u++) {
            assert.ok(Math.abs(cut[v * size + u] - sampled(frame, square, size, u, v)) < 0.03);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('is the frame itself where a pixel is a pixel', () => {
    const frame = noise(6, 6);
    const cut = cutSquare(frame, { left: 0, top: 0, side: 6 }, 6);
    assert.deepEqual(
      [...cut].map((value) => Math.round(255 * value)),
      [...frame.gray],
    );
  });

  it('goes linearly from one pixel to the next where it grows', () => {
    const frame = { width: 2, height: 1, kind: 'two', marks: [], gray: Uint8Array.of(0, 255) };
    const cut = cutSquare(frame, { left: 0, top: 0, side: 2 }, 8).slice(0, 8);
    assert.deepEqual(
      [...cut].map((value) => Math.round(8 * value)),
      [0, 0, 1, 3, 5, 7, 8, 8],
    );
  });
});
