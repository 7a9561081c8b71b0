import assert from 'node:assert/strict';
import { openVision } from '@inkcast/device/vision';
import { type LumaFrame, normalizeLuma, type PictureAround, Pyramid, pictureAround } from '@inkcast/reader/vision';
import fc from 'fast-check';

const frameOf = (width: number, height: number, luma: (x: number, y: number) => number): LumaFrame => ({
  width,
  height,
  gray: Uint8Array.from({ length: width * height }, (_, at) => luma(at % width, Math.floor(at / width))),
});

async function around(frame: LumaFrame, wanted: PictureAround): Promise<Float32Array> {
  const operations = await openVision('wasm');
  return operations.inScope((scope) => pictureAround(new Pyramid(scope, frame), wanted));
}

describe('the picture around a candidate', () => {
  it('shows a square around the middle of the box, whatever its size', () =>
    fc.assert(
      fc.asyncProperty(
        fc.record({
          x: fc.integer({ min: 40, max: 180 }),
          y: fc.integer({ min: 40, max: 120 }),
          size: fc.integer({ min: 8, max: 60 }),
        }),
        async ({ x, y, size }) => {
          // Luma grows across the frame, so that each value tells its place.
          const frame = frameOf(255, 200, (column) => column);
          const box = { x, y, width: size / 2, height: size };
          const [side, window] = [16, 1];
          const picture = await around(frame, { box, window, side });
          for (const column of [4, 8, 12]) {
            const place = x + size / 4 + ((column + 0.5) / side - 0.5) * size * window - 0.5;
            if (place > 1 && place < 253) assert.ok(Math.abs(picture[8 * side + column] - place) <= 1.5, `${column}`);
          }
        },
      ),
      { numRuns: 30 },
    ));

  it('repeats the edge of the frame beyond it', async () => {
    const frame = frameOf(40, 40, (x) => (x < 20 ? 10 : 200));
    const picture = await around(frame, { box: { x: 0, y: 0, width: 10, height: 10 }, window: 4, side: 20 });
    assert.equal(picture[0], 10);
    assert.ok(picture.every((value) => value >= 10 && value <= 200));
  });

  it('averages where it shrinks, so that no thin line is lost', async () => {
    const frame = frameOf(256, 256, (x) => (x % 8 === 0 ? 0 : 240));
    const picture = await around(frame, { box: { x: 64, y: 64, width: 128, height: 128 }, window: 1, side: 16 });
    for (const value of picture) assert.ok(Math.abs(value - 210) < 25, `${value}`);
  });
});

describe('normalized luma', () => {
  const values = fc.array(fc.integer({ min: 40, max: 180 }), { minLength: 64, maxLength: 64 });

  it('does not depend on exposure and contrast', () =>
    fc.assert(
      fc.property(
        values,
        fc.double({ min: 0.6, max: 1.3, noNaN: true }),
        fc.integer({ min: -20, max: 20 }),
        (luma, gain, shift) => {
          const plain = Float32Array.from(luma);
          fc.pre(deviation(plain) > 10);
          const other = plain.map((value) => gain * value + shift);
          const [a, b] = [normalizeLuma(plain, 'dark'), normalizeLuma(other, 'dark')];
          for (const [at, byte] of a.entries()) assert.ok(Math.abs(byte - b[at]) <= 1);
        },
      ),
    ));

  it('shows light ink dark', () =>
    fc.assert(
      fc.property(values, (luma) => {
        const plain = Float32Array.from(luma);
        const dark = normalizeLuma(plain, 'dark');
        const light = normalizeLuma(
          plain.map((value) => 255 - value),
          'light',
        );
        for (const [at, byte] of dark.entries()) assert.ok(Math.abs(byte - light[at]) <= 1);
      }),
    ));

  it('makes no ink of the noise of blank paper', () => {
    const noise = Float32Array.from({ length: 64 }, (_, at) => 200 + (at % 3));
    for (const byte of normalizeLuma(noise, 'dark')) assert.ok(Math.abs(byte - 127.5) < 20);
  });
});

function deviation(values: Float32Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
