import assert from 'node:assert/strict';
import { type StoredFrame, showThrough } from '@inkcast/lab/fit';
import { Random } from '@inkcast/training/random';
import fc from 'fast-check';
import { markOf, noise } from './support/frame.js';

const side = fc.integer({ min: 1, max: 24 });
const sizes = { width: side, height: side, backWidth: side, backHeight: side };

const plain = (width: number, height: number, lumaAt: (at: number) => number): StoredFrame => ({
  width,
  height,
  kind: 'print',
  marks: [],
  gray: Uint8Array.from({ length: width * height }, (_, at) => lumaAt(at)),
});

describe('a page whose back shows through', () => {
  it('gets darker or stays, never by more than a third, and keeps kind and marks', () => {
    fc.assert(
      fc.property(fc.record({ ...sizes, seed: fc.nat() }), ({ width, height, backWidth, backHeight, seed }) => {
        const page = noise(width, height, [markOf('7', 1, 2, 3, 4)], seed);
        const before = Uint8Array.from(page.gray);
        const back = noise(backWidth, backHeight, [markOf('1', 0, 0, 1, 1)], seed + 1);
        const { gray, ...head } = showThrough(page, back, new Random(seed));
        assert.equal(gray.length, before.length);
        for (const [at, luma] of gray.entries()) {
          assert.ok(luma <= before[at] && luma >= Math.floor((2 * before[at]) / 3), `${before[at]} became ${luma}`);
        }
        assert.deepEqual(head, { width, height, kind: page.kind, marks: page.marks });
        assert.deepEqual(page.gray, before);
      }),
    );
  });

  it('is the page itself where the back is empty, in any light', () => {
    const page = noise(16, 9);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 255 }), fc.nat(), (paper, seed) => {
        const empty = plain(7, 5, () => paper);
        assert.deepEqual(showThrough(page, empty, new Random(seed)).gray, page.gray);
      }),
    );
  });

  it('shows the back mirrored', () => {
    const page = plain(60, 1, () => 255);
    const lighterToTheRight = plain(100, 1, (at) => 2 * at);
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { gray } = showThrough(page, lighterToTheRight, new Random(seed));
        const steps = [...gray.subarray(1)].map((luma, at) => luma - gray[at]);
        const down = steps.filter((step) => step < 0).length;
        // It gets lighter only where the back is repeated.
        assert.ok(down > 1 && steps.filter((step) => step > 0).length <= 1, gray.join(' '));
      }),
    );
  });

  it('is decided by the random numbers', () => {
    const page = noise(40, 30);
    const back = noise(20, 50, [], 2);
    const drawn = (seed: number) => showThrough(page, back, new Random(seed)).gray;
    assert.deepEqual(drawn(5), drawn(5));
    assert.notDeepEqual(drawn(5), drawn(6));
  });
});
