import assert from 'node:assert/strict';
import { openOpenCvWasm, type Picture, type PixelKernels } from '@inkcast/device/vision';
import { type OpenCv, openOpenCv, withMats } from '@inkcast/lab/opencv';
import fc from 'fast-check';

const side = fc.integer({ min: 1, max: 70 });
const picture: fc.Arbitrary<Picture> = fc.tuple(side, side).chain(([width, height]) =>
  fc.record({
    width: fc.constant(width),
    height: fc.constant(height),
    bytes: fc.uint8Array({ minLength: width * height, maxLength: width * height }),
  }),
);
const polarity = fc.constantFrom('dark' as const, 'light' as const);

describe('the kernels of vision', () => {
  let cv: OpenCv;
  let kernels: PixelKernels;
  before(async () => {
    cv = await openOpenCv();
    kernels = (await openOpenCvWasm()).kernels;
  });

  it("smooth as OpenCV's Gaussian blur of 3x3 does", () => {
    fc.assert(
      fc.property(picture, (given) => {
        const expected = withMats(cv, (mat) => {
          const result = mat();
          cv.GaussianBlur(mat(given), result, new cv.Size(3, 3), 0);
          return result.data.slice();
        });
        assert.deepEqual(kernels.smooth(given).bytes, expected);
      }),
    );
  });

  it("bridge ink as OpenCV's closing and opening do", () => {
    const half = fc.integer({ min: 0, max: 12 });
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
        assert.deepEqual(kernels.bridge(given, square, ink).bytes, expected);
      }),
    );
  });

  it("tell what stands out of the paper as OpenCV's enlargement and difference do, also where rows fall halfway", () => {
    const seeds = fc.tuple(picture, fc.double({ min: 0.1, max: 1, noNaN: true }), fc.nat(255), polarity);
    const halfway: [Picture, number, number, 'dark'] = [
      { width: 400, height: 533, bytes: new Uint8Array(400 * 533).map((_, at) => (at * at) % 251) },
      0.25,
      7,
      'dark',
    ];
    fc.assert(
      fc.property(seeds, ([given, share, seed, ink]) => {
        const [width, height] = [given.width, given.height].map((long) => Math.max(1, Math.round(share * long)));
        const bytes = new Uint8Array(width * height).map((_, at) => ((at + seed) * 2_654_435_761) >>> 24);
        const paper = { width, height, bytes };
        const expected = withMats(cv, (mat) => {
          const [luma, enlarged, result] = [mat(given), mat(), mat()];
          cv.resize(mat(paper), enlarged, new cv.Size(given.width, given.height), 0, 0, cv.INTER_LINEAR);
          if (ink === 'dark') cv.subtract(enlarged, luma, result);
          else cv.subtract(luma, enlarged, result);
          return result.data.slice();
        });
        assert.deepEqual(kernels.standOut(given, paper, ink).bytes, expected);
      }),
      { examples: [[halfway]] },
    );
  });

  it('find the runs of each row above the floor', () => {
    fc.assert(
      fc.property(picture, fc.nat(255), ({ width, height, bytes }, floor) => {
        const expected: number[] = [];
        for (let y = 0; y < height; y++) {
          for (let x = 0; x < width; x++) {
            if (bytes[y * width + x] <= floor) continue;
            const first = x;
            while (x < width && bytes[y * width + x] > floor) x++;
            expected.push(y, first, x);
          }
        }
        assert.deepEqual([...kernels.findRuns({ width, height, bytes }, floor)], expected);
      }),
    );
  });

  it('find one run in a row that is all above the floor, and none where nothing is', () => {
    for (const width of [1, 15, 16, 17, 32, 48]) {
      const full = { width, height: 2, bytes: new Uint8Array(2 * width).fill(9) };
      assert.deepEqual([...kernels.findRuns(full, 8)], [0, 0, width, 1, 0, width]);
      assert.deepEqual([...kernels.findRuns(full, 9)], []);
    }
  });

  it('keep their memory as large as the largest picture has needed', () => {
    const large = { width: 300, height: 200, bytes: new Uint8Array(60_000) };
    kernels.smooth(large);
    const bytes = kernels.heapBytes;
    for (let round = 0; round < 20; round++) {
      kernels.smooth(large);
      kernels.smooth({ width: 3, height: 2, bytes: new Uint8Array(6) });
    }
    assert.equal(kernels.heapBytes, bytes);
  });
});
