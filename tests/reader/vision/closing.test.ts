import assert from 'node:assert/strict';
import { openOpenCvWasm } from '@inkcast/device/vision';
import { type OpenCv, openOpenCv, withMats } from '@inkcast/lab/opencv';
import type { VisionOperations } from '@inkcast/reader/vision';
import fc from 'fast-check';
import { picture } from './support/picture.js';

describe('the closing', () => {
  let cv: OpenCv;
  let operations: VisionOperations;
  before(async () => {
    cv = await openOpenCv();
    operations = await openOpenCvWasm();
  });

  it("gives the bytes of OpenCV's closing, and for light ink those of its opening", () => {
    const half = fc.integer({ min: 0, max: 40 });
    const polarity = fc.constantFrom('dark' as const, 'light' as const);
    fc.assert(
      fc.property(picture, half, polarity, (given, radius, ink) => {
        const square = 2 * radius + 1;
        const expected = withMats(cv, (mat) => {
          const result = mat();
          const element = cv.getStructuringElement(cv.MORPH_RECT, new cv.Size(square, square));
          const operation = ink === 'dark' ? cv.MORPH_CLOSE : cv.MORPH_OPEN;
          cv.morphologyEx(mat(given), result, operation, element);
          element.delete();
          return result.data.slice();
        });
        assert.deepEqual(operations.closing.run(given, square, ink).bytes, expected);
      }),
    );
  });

  it('keeps its memory as large as the largest picture has needed', () => {
    const blank = (width: number, height: number) => ({ width, height, bytes: new Uint8Array(width * height) });
    operations.closing.run(blank(300, 200), 41, 'dark');
    const { heapBytes } = operations;
    for (let round = 0; round < 20; round++) {
      operations.closing.run(blank(300, 200), 41, 'light');
      operations.closing.run(blank(3, 2), 5, 'dark');
    }
    assert.equal(operations.heapBytes, heapBytes);
  });
});
