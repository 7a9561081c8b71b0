import assert from 'node:assert/strict';
import { type OpenCv, openOpenCv, withMats } from '@inkcast/lab/opencv';
import { connectedPieces } from '@inkcast/reader/vision';
import fc from 'fast-check';
import { picture } from './support/picture.js';

describe('connected pieces', () => {
  let cv: OpenCv;
  before(async () => {
    cv = await openOpenCv();
  });

  it('are the components that OpenCV finds in the box, whatever lies around it', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(picture, fc.nat(255), fc.tuple(share, share), (given, level, [across, down]) => {
        const [x, y] = [Math.floor(across * (given.width - 1)), Math.floor(down * (given.height - 1))];
        const box = { x, y, width: Math.ceil((given.width - x) / 2), height: Math.ceil((given.height - y) / 2) };
        const places = Array.from(
          { length: box.width * box.height },
          (_, at) => (y + Math.floor(at / box.width)) * given.width + x + (at % box.width),
        );
        const expected = withMats(cv, (mat) => {
          const labels = mat();
          const mask = Uint8Array.from(places, (at) => (given.bytes[at] > level ? 1 : 0));
          cv.connectedComponents(mat({ ...box, bytes: mask }), labels, 8, cv.CV_32S);
          const pieces = new Map<number, number[]>();
          labels.data32S.forEach((label, at) => {
            if (label > 0) pieces.set(label, [...(pieces.get(label) ?? []), places[at]]);
          });
          return [...pieces.values()];
        });
        const sorted = (pieces: readonly Iterable<number>[]) =>
          pieces.map((piece) => [...piece].sort((a, b) => a - b)).sort((a, b) => a[0] - b[0]);
        assert.deepEqual(sorted(connectedPieces(given, box, level)), sorted(expected));
      }),
    );
  });
});
