import assert from 'node:assert/strict';
import { BlockMeans, type ChangeMask } from '@inkcast/reader/reading';
import fc from 'fast-check';
import { FRAME, type Look, paper } from './support/paper.js';

const STROKE = { x: 300, y: 200, width: 6, height: 60 };

const between = (earlier: Look, now: Look): ChangeMask =>
  BlockMeans.of(paper(now)).since(BlockMeans.of(paper(earlier)));

describe('the change detector', () => {
  it('sees no change in sensor noise, nor in slow changes of light', () => {
    for (const noise of [0, 1, 3, 8]) {
      for (const light of [0.97, 1, 1.02]) {
        const change = between({ marks: [STROKE], noise, seed: 1 }, { marks: [STROKE], noise, seed: 2, light });
        assert.equal(change.any, false, `noise ${noise}, light ${light}: ${change.share()}`);
      }
    }
  });

  it('sees a stroke of the smallest digit that is read, wherever it is', () => {
    const place = fc.record({ x: fc.integer({ min: 8, max: 620 }), y: fc.integer({ min: 8, max: 460 }) });
    fc.assert(
      fc.property(place, fc.constantFrom(0, 1, 3), ({ x, y }, noise) => {
        const stroke = { x, y, width: 3, height: 12 };
        const change = between({ noise, seed: 1 }, { marks: [stroke], noise, seed: 2 });
        assert.ok(change.any);
        assert.ok(change.share(stroke) > 0);
        assert.ok(!change.moving);
      }),
      { numRuns: 20 },
    );
  });

  it('says where the change is', () => {
    const change = between({}, { marks: [STROKE] });
    assert.ok(change.share(STROKE) > 0.5);
    assert.equal(change.share({ x: 20, y: 20, width: 100, height: 100 }), 0);
  });

  it('says that the picture moves when much of it differs, not when the light does', () => {
    const hand = { x: 250, y: 0, width: 200, height: 300 };
    assert.equal(between({ marks: [STROKE] }, { marks: [STROKE, hand] }).moving, true);
    assert.equal(between({ marks: [STROKE] }, { marks: [STROKE], light: 0.5 }).moving, false);
  });

  it('takes a picture of another size for another picture', () => {
    const small = { width: 320, height: 240, gray: new Uint8Array(320 * 240).fill(190) };
    const change = BlockMeans.of(small).since(BlockMeans.of(paper()));
    assert.equal(change.share(), 1);
  });

  it('takes pictures of any size, and boxes that reach beyond them', () => {
    const size = fc.integer({ min: 1, max: 700 });
    fc.assert(
      fc.property(size, size, (width, height) => {
        const grid = BlockMeans.of({ width, height, gray: new Uint8Array(width * height).fill(100) });
        assert.ok(grid.means.every((mean) => Math.abs(mean - 100) < 0.01));
        assert.equal(grid.since(grid).share({ x: -50, y: height - 1, width: 3000, height: 3000 }), 0);
      }),
      { numRuns: 30 },
    );
    assert.equal(FRAME.width / BlockMeans.of(paper()).side, 80);
  });
});
