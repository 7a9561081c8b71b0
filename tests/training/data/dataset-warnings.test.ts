import assert from 'node:assert/strict';
import { type Dataset, inversionWarnings, readMnistTest, subset, trainingWarnings } from '@inkcast/training/data';

describe('warnings about training pictures', () => {
  let mnist: Dataset;
  before(async () => {
    mnist = await readMnistTest();
  });

  it('are none for MNIST, where the ink is white', () => {
    assert.deepEqual(trainingWarnings(mnist), []);
  });

  it('name pictures that are dark on light', () => {
    const inverted = { ...mnist, images: mnist.images.map((value) => 255 - value) };
    const [warning, ...others] = inversionWarnings(inverted);
    assert.match(
      warning,
      /^The pictures of mnist look inverted: .* Set "inverted: true" under "data" in the recipe\.$/,
    );
    assert.deepEqual(others, []);
    // A few among many are no mistake of the data set.
    const few = { ...mnist, images: Uint8Array.from(mnist.images) };
    few.images.fill(255, 0, 100 * 28 * 28);
    assert.deepEqual(inversionWarnings(few), []);
  });

  it('name classes with too few pictures, and how many there are', () => {
    const kept = Array.from(mnist.labels, (label, index) => ({ label, index }));
    const first = (label: number, count: number) =>
      kept
        .filter((picture) => picture.label === label)
        .slice(0, count)
        .map(({ index }) => index);
    const one = kept.filter(({ label }) => label !== 4).map(({ index }) => index);
    assert.deepEqual(trainingWarnings(subset(mnist, [...one, ...first(4, 9)])), [
      'This class has fewer than 10 training pictures and will hardly be recognised: "4" (9).',
    ]);
    assert.deepEqual(trainingWarnings(subset(mnist, [...one, ...first(4, 10)])), []);
    assert.deepEqual(trainingWarnings(subset(mnist, [...first(0, 10), ...first(1, 2)])), [
      'These classes have fewer than 10 training pictures and will hardly be recognised: "1" (2), "2" (0), "3" (0), "4" (0), "5" (0) and 4 more.',
    ]);
  });
});
