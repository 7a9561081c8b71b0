import assert from 'node:assert/strict';
import { compareWithChance } from '@inkcast/training/evaluation';
import fc from 'fast-check';

/** A score with `perClass` pictures per class, of which `right` are correct. */
function score(perClass: number, classes: number, right: number, loss: number) {
  const confusion = Array.from({ length: classes }, (_, truth) =>
    Array.from({ length: classes }, (_, predicted) => (truth === predicted ? perClass : 0)),
  );
  const images = perClass * classes;
  return { images, accuracy: right / images, loss, confusion };
}

describe('the comparison of a score with chance', () => {
  it('field report 23: says that nothing was learned if many pictures show it, or the loss is far above that of equal probabilities', () => {
    assert.equal(compareWithChance(score(1000, 10, 980, 2.3)), 'chance');
    assert.equal(compareWithChance(score(10, 3, 10, 4000)), 'chance');
    assert.equal(compareWithChance(score(1000, 10, 9000, 0.3)), 'better');
    assert.equal(compareWithChance(score(10, 3, 30, 0.01)), 'better');
    assert.equal(compareWithChance(score(2, 2, 4, 0.01)), 'better');
  });

  it('field report 23: is doubtful with few pictures', () => {
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

  it('field report 23: never says that a network with a high accuracy on many pictures learned nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 30, max: 500 }), fc.integer({ min: 2, max: 20 }), (perClass, classes) => {
        const right = Math.ceil(0.9 * perClass * classes);
        assert.equal(compareWithChance(score(perClass, classes, right, 0.2)), 'better');
      }),
    );
  });
});
