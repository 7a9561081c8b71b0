import assert from 'node:assert/strict';
import { evaluate, matchLabels, type Predictor, Scoring } from '@inkcast/training/evaluation';

/** A model of two labels that says the same of every picture. */
const always = (...probabilities: [number, number]): Predictor => ({
  name: 'm',
  shape: [2, 2, 1],
  labels: ['a', 'b'],
  floor: 1e-7,
  predict: async () => Float32Array.from(probabilities),
  close: async () => {},
});

const dataset = {
  name: 'small',
  shape: [2, 2, 1] as const,
  images: new Uint8Array(4),
  labels: Uint16Array.of(0),
  classes: ['a', 'b'],
  sha256: {},
};

describe('scoring', () => {
  it('counts errors by class, with `none` among the predictions', () => {
    const scoring = new Scoring(['0', '1', 'none']);
    scoring.add(Float32Array.of(0.5, 0.25, 0.25), 0);
    scoring.add(Float32Array.of(0.25, 0.5, 0.25), 0);
    scoring.add(Float32Array.of(0.25, 0.25, 0.5), 1);
    scoring.add(Float32Array.of(0, 1, 0), 1);
    const score = scoring.score();
    assert.equal(score.accuracy, 0.5);
    assert.deepEqual(score.perClass, [0.5, 0.5, null]);
    assert.deepEqual(score.confusion, [
      [1, 1, 0],
      [0, 1, 1],
      [0, 0, 0],
    ]);
    assert.deepEqual(
      score.classes.map(({ precision }) => precision),
      [1, 0.5, 0],
    );
    assert.equal(score.loss, (Math.log(2) + Math.log(4) + Math.log(4) + 0) / 4);
  });

  it('has a finite loss for a probability of zero', async () => {
    const score = await evaluate({ ...always(1, 0), floor: 1 / 512 }, { ...dataset, labels: Uint16Array.of(1) });
    assert.equal(score.loss, Math.log(512));
  });

  it('finds the labels of a data set’s classes in any order', () => {
    assert.deepEqual(matchLabels(['a', 'b'], ['b', 'none', 'a'], 'm'), [2, 0]);
    assert.throws(() => matchLabels(['a', 'x'], ['a', 'b'], 'm'), {
      code: 'INK_DATASET_INVALID',
      message: /class "x", which m does not know/,
    });
  });

  it('is refused for pictures of another size', async () => {
    await assert.rejects(
      evaluate({ ...always(1, 0), shape: [28, 28, 1] }, dataset),
      /pictures of small are 2x2, and m takes 28x28/,
    );
  });
});
