import assert from 'node:assert/strict';
import { classCounts, type Dataset, holdOutTest, pictureAt, subset } from '@inkcast/training/data';
import { Random } from '@inkcast/training/random';
import fc from 'fast-check';

/** Random pictures, so many of each class. */
function pictures(sizes: readonly number[], seed: number): Dataset {
  const random = new Random(seed);
  const labels = Uint16Array.from(sizes.flatMap((size, label) => new Array<number>(size).fill(label)));
  const images = Uint8Array.from({ length: 16 * labels.length }, () => random.integer(256));
  return { name: 'random', shape: [4, 4, 1], images, labels, classes: sizes.map(String), sha256: {} };
}

const shown = (dataset: Dataset): string[] =>
  Array.from(dataset.labels, (label, index) => `${label}: ${pictureAt(dataset, index)}`);

const datasets = fc
  .tuple(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 2, maxLength: 4 }), fc.nat())
  .map(([sizes, seed]) => pictures(sizes, seed));

describe('pictures held out for the test', () => {
  it('field report 23: are a share of each class that has three or more, and no picture is lost', () => {
    fc.assert(
      fc.property(datasets, fc.double({ min: 0.05, max: 0.5, noNaN: true }), (dataset, share) => {
        const { train, test } = holdOutTest(dataset, share);
        const parts = [...shown(train), ...(test === undefined ? [] : shown(test))];
        assert.deepEqual(parts.sort(), shown(dataset).sort());
        const held = test === undefined ? dataset.classes.map(() => 0) : classCounts(test);
        classCounts(dataset).forEach((count, label) => {
          assert.equal(held[label], count < 3 ? 0 : Math.max(1, Math.round(share * count)));
        });
      }),
    );
  });

  it('field report 23: do not depend on the order, and few change when pictures are added', () => {
    const dataset = pictures([50, 50], 3);
    const order = Array.from(dataset.labels, (_, index) => index);
    new Random(9).shuffle(order);
    const test = shown(holdOutTest(dataset, 0.2).test ?? assert.fail('none'));
    const shuffled = holdOutTest(subset(dataset, order), 0.2).test ?? assert.fail('none');
    assert.deepEqual(shown(shuffled).sort(), [...test].sort());
    const fewer = holdOutTest(subset(dataset, order.slice(0, 95)), 0.2).train;
    const moved = shown(fewer).filter((picture) => test.includes(picture));
    assert.ok(moved.length <= 2, `${moved.length} pictures that were tested on are trained on`);
  });
});
