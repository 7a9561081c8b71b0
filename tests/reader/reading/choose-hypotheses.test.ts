import assert from 'node:assert/strict';
import { chooseHypotheses, type WeighedHypothesis } from '@inkcast/reader/reading';
import { type Box, overlap } from '@inkcast/reader/vision';
import fc from 'fast-check';
import { inRow, judged } from './support/judged.js';

const weighed = (digit: number, logOdds: number, box: Box): WeighedHypothesis => judged(digit, 0.5, box, { logOdds });
const digitsOf = (items: readonly WeighedHypothesis[]): number[] => items.map(({ digit }) => digit).sort();
const areInConflict = (a: WeighedHypothesis, b: WeighedHypothesis): boolean =>
  overlap(a.candidate.box, b.candidate.box) > 0.5;

describe('the likeliest set of hypotheses', () => {
  const [left, right] = inRow([100, 130]);
  const union = { ...left, width: 60 };

  it('is two digits that touch where they are likelier than what both together look like, and else that', () => {
    const halves = [weighed(4, 3, left), weighed(2, 2, right)];
    assert.deepEqual(digitsOf(chooseHypotheses([weighed(9, 4.9, union), ...halves])), [2, 4]);
    assert.deepEqual(digitsOf(chooseHypotheses([weighed(9, 5.1, union), ...halves])), [9]);
  });

  it('is a whole 8 rather than a loop of it that is less likely', () => {
    const loop = weighed(0, 2, { ...left, y: 125, height: 25 });
    assert.deepEqual(digitsOf(chooseHypotheses([loop, weighed(8, 3, left)])), [8]);
  });

  it('keeps what is unlikely where nothing stands against it', () => {
    assert.deepEqual(digitsOf(chooseHypotheses([weighed(3, -4, left)])), [3]);
    assert.deepEqual(digitsOf(chooseHypotheses([weighed(3, -4, left), weighed(5, -1, union)])), [5]);
    assert.deepEqual(digitsOf(chooseHypotheses([weighed(3, -4, left), weighed(5, 1, union)])), [5]);
    assert.deepEqual(chooseHypotheses([]), []);
  });

  it('reads a long chain of touching ink without trying every set', () => {
    const chain = Array.from({ length: 60 }, (_, index) =>
      weighed(index % 10, 2, { x: 12 * index, y: 100, width: 30, height: 50 }),
    );
    const chosen = chooseHypotheses(chain);
    assert.ok(chosen.length >= 15);
    assert.ok(chosen.every((item) => !chosen.some((other) => other !== item && areInConflict(item, other))));
  });

  it('has the largest sum of log-odds of all sets that use no ink twice, and leaves out nothing that fits', () => {
    const side = fc.integer({ min: 10, max: 60 });
    const place = fc.integer({ min: 0, max: 90 });
    const item = fc.record({
      box: fc.record({ x: place, y: place, width: side, height: side }),
      logOdds: fc.double({ min: -4, max: 4, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 10 }), (items) => {
        const all = items.map(({ box, logOdds }, index) => weighed(index, logOdds, box));
        const chosen = chooseHypotheses(all);
        const isSet = (set: readonly WeighedHypothesis[]): boolean =>
          set.every((a, index) => set.slice(index + 1).every((b) => !areInConflict(a, b)));
        const sumOf = (set: readonly WeighedHypothesis[]): number =>
          set.reduce((sum, { logOdds }) => sum + Math.max(0, logOdds), 0);
        const sets = Array.from({ length: 2 ** all.length }, (_, bits) =>
          all.filter((_, index) => (bits >> index) & 1),
        );
        const best = Math.max(...sets.filter(isSet).map(sumOf));
        assert.ok(isSet(chosen));
        assert.ok(Math.abs(sumOf(chosen) - best) < 1e-9, `${sumOf(chosen)} against ${best}`);
        for (const other of all) {
          assert.ok(chosen.includes(other) || chosen.some((kept) => areInConflict(kept, other)));
        }
      }),
    );
  });
});
