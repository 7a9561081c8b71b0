import assert from 'node:assert/strict';
import { niceTicks } from '@inkcast/training/reports';
import fc from 'fast-check';

describe('the ticks of a chart', () => {
  it('enclose any range with two to six even steps', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(value, value, (one, other) => {
        const [least, most] = [Math.min(one, other), Math.max(one, other)];
        const ticks = niceTicks(least, most);
        const step = ticks[1] - ticks[0];
        const slack = 1e-3 * step;
        assert.ok(ticks.length >= 2 && ticks.length <= 6, ticks.join());
        assert.ok(ticks[0] <= least + slack && ticks[ticks.length - 1] >= most - slack, ticks.join());
        for (const [index, tick] of ticks.entries()) {
          assert.ok(Math.abs(tick - ticks[0] - index * step) <= slack * ticks.length);
        }
      }),
    );
  });

  it('are round', () => {
    assert.deepEqual(niceTicks(0, 100), [0, 25, 50, 75, 100]);
    assert.deepEqual(niceTicks(97.2, 99.1).map(String), ['97', '97.5', '98', '98.5', '99', '99.5']);
    assert.deepEqual(niceTicks(5, 5), [4, 6]);
  });
});
