import assert from 'node:assert/strict';
import { compareWithChance } from '@inkcast/training/evaluation';
import fc from 'fast-check';

/** A score over classes of so many pictures each, of which `right` are recognised. */
function score(perClass: number, classes: number, right: number, loss: number) {
  const confusion = Array.from({ length: classes }, (_, truth) =>
    Array.from({ length: classes }, (_, predicted) => (truth === predicted ? perClass : 0)),
  );
  const images = perClass * classes;
  return { images, accuracy: right / images, loss, confusion };
}

describe('what a score says beside chance', () => {
  it('field report 23: is that nothing was learned where many pictures say so, or a loss far above not knowing', () => {
    assert.equal(compareWithChance(score(1000, 10, 980, 2.3)), 'chance');
    assert.equal(compareWithChance(score(10, 3, 10, 4000)), 'chance');
    assert.equal(compareWithChance(score(1000, 10, 9000, 0.3)), 'better');
    assert.equal(compareWithChance(score(10, 3, 30, 0.01)), 'better');
    assert.equal(compareWithChance(score(2, 2, 4, 0.01)), 'better');
  });

  it('field report 23: is nothing where few pictures cannot tell', () => {
    assert.equal(compareWithChance(score(2, 2, 2, 0.7)), 'doubtful');
    assert.equal(compareWithChance(score(4, 1, 4, 0)), 'doubtful');
    assert.equal(compareWithChance(score(10, 3, 1, 1.2)), 'doubtful');
    // An untrained network of ten labels, asked about three of them.
    const { confusion, ...rest } = score(10, 3, 10, Math.log(10));
    const ten = Array.from({ length: 10 }, (_, row) =>
      Array.from({ length: 10 }, (__, at) => confusion[row]?.[at] ?? 0),
    );
    assert.equal(compareWithChance({ ...rest, confusion: ten }), 'doubtful');
  });

  it('field report 23: is never that a network which recognises all or most of many pictures learned nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 30, max: 500 }), fc.integer({ min: 2, max: 20 }), (perClass, classes) => {
        const right = Math.ceil(0.9 * perClass * classes);
        assert.equal(compareWithChance(score(perClass, classes, right, 0.2)), 'better');
      }),
    );
  });
});
