import assert from 'node:assert/strict';
import { type InkPiece, joinRuns } from '@inkcast/device/vision';
import { type OpenCv, openOpenCv, withMats } from '@inkcast/lab/opencv';
import fc from 'fast-check';

const described = ({ x, y, width, height, area }: Omit<InkPiece, 'runs'>): string =>
  [x, y, width, height, area].join(' ');

/** A mask of 0 and 1, a row a word, so that neighbours are often alike. */
const mask = fc.integer({ min: 1, max: 24 }).chain((width) =>
  fc.record({
    width: fc.constant(width),
    rows: fc.array(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: width, maxLength: width }), {
      minLength: 1,
      maxLength: 24,
    }),
  }),
);

function runsOf(rows: readonly (readonly number[])[]): Int32Array {
  const runs = rows.flatMap((row, y) =>
    row.flatMap((value, x) => {
      if (value === 0 || row[x - 1] === 1) return [];
      const end = row.indexOf(0, x);
      return [y, x, end < 0 ? row.length : end];
    }),
  );
  return Int32Array.from(runs);
}

describe('pieces of ink', () => {
  let cv: OpenCv;
  before(async () => {
    cv = await openOpenCv();
  });

  it('are the components that OpenCV finds, and have all runs between them', () => {
    fc.assert(
      fc.property(mask, ({ width, rows }) => {
        const height = rows.length;
        const expected = withMats(cv, (mat) => {
          const [labels, stats, centroids] = [mat(), mat(), mat()];
          const given = mat({ width, height, bytes: Uint8Array.from(rows.flat()) });
          const count = cv.connectedComponentsWithStats(given, labels, stats, centroids, 8, cv.CV_32S);
          // The first row is the background.
          return Array.from({ length: count - 1 }, (_, at) => [...stats.data32S.subarray(5 * at + 5, 5 * at + 10)]);
        });
        const pieces = joinRuns(runsOf(rows));
        assert.deepEqual(pieces.map(described).sort(), expected.map((row) => row.join(' ')).sort());
        const cells = pieces.flatMap(({ runs }) =>
          Array.from({ length: runs.length / 3 }, (_, at) => runs.slice(3 * at, 3 * at + 3).join(' ')),
        );
        const given = runsOf(rows);
        assert.deepEqual(
          cells.sort(),
          Array.from({ length: given.length / 3 }, (_, at) => given.slice(3 * at, 3 * at + 3).join(' ')).sort(),
        );
      }),
    );
  });
});
