import assert from 'node:assert/strict';
import { learningRateAt, type Schedule } from '@inkcast/training/engine';

const rates = (schedule: Schedule, steps: readonly number[]) => steps.map((step) => learningRateAt(schedule, step));
const close = (actual: readonly number[], expected: readonly number[]) => {
  assert.equal(actual.length, expected.length);
  actual.forEach((rate, index) => {
    assert.ok(Math.abs(rate - expected[index]) < 1e-12, `${actual.join(', ')} is not ${expected.join(', ')}`);
  });
};

describe('learning rates', () => {
  it('are constant', () => {
    close(rates({ kind: 'constant', learningRate: 0.01 }, [0, 1, 1e6]), [0.01, 0.01, 0.01]);
  });

  it('drop by a factor every so many steps', () => {
    const schedule: Schedule = { kind: 'step', learningRate: 1, every: 10, factor: 0.5 };
    close(rates(schedule, [0, 9, 10, 19, 20, 35]), [1, 1, 0.5, 0.5, 0.25, 0.125]);
  });

  it('rise linearly, then fall along a cosine to the last rate and stay there', () => {
    const schedule: Schedule = { kind: 'cosine', learningRate: 1, warmup: 4, total: 14, final: 0.2 };
    close(rates(schedule, [0, 1, 3, 4, 9, 14, 100]), [0.25, 0.5, 1, 1, 0.6, 0.2, 0.2]);
  });

  it('need no warm-up', () => {
    close(rates({ kind: 'cosine', learningRate: 1, warmup: 0, total: 2, final: 0 }, [0, 1, 2]), [1, 0.5, 0]);
  });
});
