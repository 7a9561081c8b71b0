import assert from 'node:assert/strict';
import { findPieces, type InkPiece, openOpenCvWasm, type VisionOperations } from '@inkcast/device/vision';
import fc from 'fast-check';

const described = ({ x, y, width, height, area }: Omit<InkPiece, 'runs'>): string =>
  [x, y, width, height, area].join(' ');

describe('pieces of ink', () => {
  let operations: VisionOperations;
  before(async () => {
    operations = await openOpenCvWasm();
  });

  it('are the components that OpenCV finds in the thresholded picture', () => {
    const picture = fc
      .tuple(fc.integer({ min: 1, max: 24 }), fc.integer({ min: 1, max: 24 }))
      .chain(([width, height]) =>
        fc.record({
          width: fc.constant(width),
          height: fc.constant(height),
          data: fc.uint8Array({ minLength: width * height, maxLength: width * height }),
          floor: fc.integer({ min: 0, max: 255 }),
        }),
      );
    fc.assert(
      fc.property(picture, ({ width, height, data, floor }) => {
        const pieces = findPieces(data, width, height, floor);
        const expected = operations.inScope(
          (scope) => scope.components(scope.threshold(scope.plane(width, height, data), floor)).list,
        );
        assert.deepEqual(pieces.map(described).sort(), expected.map(described).sort());
        const pixels = pieces.flatMap(({ runs }) => {
          const found: number[] = [];
          for (let run = 0; run < runs.length; run += 3) {
            for (let x = runs[run + 1]; x < runs[run + 2]; x++) found.push(runs[run] * width + x);
          }
          return found;
        });
        const above = [...data.keys()].filter((at) => data[at] > floor);
        assert.deepEqual(
          pixels.sort((a, b) => a - b),
          above,
        );
      }),
    );
  });
});
