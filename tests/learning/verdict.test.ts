import assert from 'node:assert/strict';
import { type ReadTwice, verdictOf } from '@inkcast/learning/gate';

/** Held-back labels: wrong before and after, wrong only before, wrong only after. */
function labels(count: number, { both = 0, fixed = 0, broken = 0 }): ReadTwice[] {
  return Array.from({ length: count }, (_, index) => ({
    wasRight: index >= both + fixed,
    isRight: index >= both && !(index >= both + fixed && index < both + fixed + broken),
  }));
}

describe('the verdict on held-back labels', () => {
  it('says that few of them tell nothing', () => {
    assert.equal(verdictOf(labels(40, { both: 1, fixed: 1 })), 'too few to tell');
    assert.equal(verdictOf(labels(40, { fixed: 5 })), 'too few to tell');
    assert.equal(verdictOf(labels(9, { fixed: 9 })), 'too few to tell');
    assert.equal(verdictOf(labels(40, { fixed: 9, broken: 4 })), 'too few to tell');
    assert.equal(verdictOf(labels(40, {}).map((label) => ({ ...label, wasRight: undefined }))), 'too few to tell');
  });

  it('says better, the same or worse where chance explains it no longer', () => {
    assert.equal(verdictOf(labels(40, { both: 3, fixed: 6 })), 'better');
    assert.equal(verdictOf(labels(40, { broken: 6 })), 'worse');
    assert.equal(verdictOf(labels(400, { fixed: 10, broken: 1 })), 'better');
    assert.equal(verdictOf(labels(40, { both: 4 })), 'same');
  });
});
