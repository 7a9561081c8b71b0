import assert from 'node:assert/strict';
import {
  atTemperature,
  calibrationError,
  fitTemperature,
  type Predictions,
  type Predictor,
  predictAll,
} from '@inkcast/training/evaluation';
import { Random } from '@inkcast/training/random';
import fc from 'fast-check';

/** Predictions whose truth is drawn from the probabilities themselves: calibrated at temperature 1. */
function calibrated(pictures: number, labels: number, seed: number): Predictions {
  const random = new Random(seed);
  const probabilities = new Float32Array(pictures * labels);
  const truth = new Uint16Array(pictures);
  for (let index = 0; index < pictures; index++) {
    const raw = Array.from({ length: labels }, () => Math.exp(2.5 * random.normal()));
    const sum = raw.reduce((total, value) => total + value, 0);
    let left = random.next() * sum;
    truth[index] = raw.findIndex((value) => {
      left -= value;
      return left < 0;
    });
    probabilities.set(
      raw.map((value) => value / sum),
      index * labels,
    );
  }
  return { probabilities, truth, labels };
}

describe('calibration', () => {
  it('finds the temperature of sharpened predictions', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.4, max: 4, noNaN: true }), fc.integer({ min: 1, max: 1000 }), (heat, seed) => {
        const sharpened = atTemperature(calibrated(4000, 5, seed), 1 / heat);
        const found = fitTemperature(sharpened);
        assert.ok(Math.abs(found / heat - 1) < 0.12, `${found} for ${heat}`);
      }),
      { numRuns: 10 },
    );
  });

  it('corrects overconfident predictions', () => {
    const overconfident = atTemperature(calibrated(8000, 5, 3), 1 / 3);
    const before = calibrationError(overconfident).expected;
    const after = calibrationError(atTemperature(overconfident, fitTemperature(overconfident))).expected;
    assert.ok(before > 0.1, `${before} before`);
    assert.ok(after < 0.02, `${after} after`);
  });

  it('does not change the most likely label', () => {
    const predictions = calibrated(500, 4, 9);
    const cooled = atTemperature(predictions, 2.3);
    for (let index = 0; index < 500; index++) {
      const before = predictions.probabilities.subarray(4 * index, 4 * index + 4);
      const after = cooled.probabilities.subarray(4 * index, 4 * index + 4);
      assert.equal(before.indexOf(Math.max(...before)), after.indexOf(Math.max(...after)));
      assert.ok(Math.abs(after.reduce((sum, value) => sum + value, 0) - 1) < 1e-5);
    }
  });

  it('measures the error by bins', () => {
    const probabilities = Float32Array.of(0.9, 0.1, 0.9, 0.1, 0.6, 0.4, 0.6, 0.4);
    const { expected, bins } = calibrationError({ probabilities, labels: 2, truth: Uint16Array.of(0, 1, 0, 0) });
    assert.ok(Math.abs(expected - (0.5 * 0.4 + 0.5 * 0.4)) < 1e-6);
    assert.deepEqual(
      bins.filter(({ pictures }) => pictures > 0).map(({ pictures, accuracy }) => [pictures, accuracy]),
      [
        [2, 1],
        [2, 0.5],
      ],
    );
  });

  it('runs a model on every picture, and gives no probability below its resolution', async () => {
    const predictor: Predictor = {
      name: 'first pixel',
      shape: [1, 1, 1],
      labels: ['none', 'a', 'b'],
      floor: 0.01,
      predict: async (images) => Float32Array.from([...images].flatMap((ink) => [0, ink / 255, 1 - ink / 255])),
      close: async () => {},
    };
    const predictions = await predictAll(predictor, {
      name: 'two',
      shape: [1, 1, 1],
      images: Uint8Array.of(255, 51),
      labels: Uint16Array.of(0, 1),
      classes: ['a', 'b'],
      sha256: {},
    });
    assert.deepEqual([...predictions.truth], [1, 2]);
    assert.deepEqual(
      [...predictions.probabilities].map((value) => Number(value.toFixed(3))),
      [0.01, 1, 0.01, 0.01, 0.2, 0.8],
    );
  });
});
