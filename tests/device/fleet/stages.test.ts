import assert from 'node:assert/strict';
import { parseStages } from '@inkcast/device/fleet';
import fc from 'fast-check';

describe('the stages of a rollout', () => {
  it('are counts or shares, the last one all', () => {
    assert.deepEqual(parseStages('1,10%,50%,100%', 20), [1, 2, 10, 20]);
    assert.deepEqual(parseStages('1', 5), [1, 5]);
    assert.deepEqual(parseStages('1,10%,50%,100%', 1), [1]);
  });

  it('always grow, and end with all', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.array(fc.integer({ min: 0, max: 100 })), (devices, shares) => {
        const sorted = [...shares].sort((one, other) => one - other).map((share) => `${share}%`);
        const stages = parseStages(['0', ...sorted].join(','), devices);
        assert.equal(stages.at(-1), devices);
        for (const [index, count] of stages.entries()) assert.ok(count > (stages[index - 1] ?? 0));
      }),
    ));

  for (const text of ['', 'x', '50%,1,100%', '-1', '1,,2']) {
    it(`are refused as "${text}"`, () => {
      assert.throws(() => parseStages(text, 10), { code: 'INK_USAGE' });
    });
  }
});
