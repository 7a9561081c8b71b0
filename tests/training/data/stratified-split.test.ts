import assert from 'node:assert/strict';
import { classCounts, type Dataset, stratifiedSplit } from '@inkcast/training/data';
import fc from 'fast-check';

/** One-pixel pictures that hold their place in the data set. */
function numbered(labels: readonly number[], classes: number): Dataset {
  return {
    name: 'numbered',
    shape: [1, 1, 1],
    images: Uint8Array.from(labels, (_, index) => index),
    labels: Uint16Array.from(labels),
    classes: Array.from({ length: classes }, (_, label) => `class ${label}`),
    sha256: {},
  };
}

describe('the stratified split', () => {
  it('puts every picture into one part, with the share of each class, the same for the same seed', () => {
    const perClass = fc.array(fc.integer({ min: 2, max: 40 }), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(perClass, fc.double({ min: 0.05, max: 0.9, noNaN: true }), fc.integer(), (sizes, share, seed) => {
        const dataset = numbered(
          sizes.flatMap((size, label) => new Array<number>(size).fill(label)),
          sizes.length,
        );
        const { train, validation } = stratifiedSplit(dataset, share, seed);
        const all = [...train.images, ...validation.images].sort((a, b) => a - b);
        assert.deepEqual(all, [...dataset.images]);
        classCounts(validation).forEach((count, label) => {
          assert.ok(Math.abs(count - sizes[label] * share) <= 1, `${count} of ${sizes[label]}`);
          assert.ok(count >= 1 && count < sizes[label]);
        });
        assert.deepEqual(stratifiedSplit(dataset, share, seed).validation.images, validation.images);
      }),
    );
  });

  it('chooses others for another seed', () => {
    const dataset = numbered(new Array<number>(100).fill(0), 2);
    const chosen = (seed: number) => [...stratifiedSplit(dataset, 0.2, seed).validation.images];
    assert.notDeepEqual(chosen(1), chosen(2));
  });

  it('names a class that is too small', () => {
    assert.throws(() => stratifiedSplit(numbered([0, 0, 1], 2), 0.5, 1), {
      code: 'INK_DATASET_INVALID',
      message: /^Class "class 1" has only one picture/,
    });
  });
});
