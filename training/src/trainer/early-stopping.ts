import type { EpochRecord } from '../checkpoint/index.js';

export type WatchedMetric = 'accuracy' | 'loss';

/** Index of the best epoch on the validation pictures, the first of equal ones; -1 if no epoch was validated. */
export function bestEpoch(history: readonly EpochRecord[], metric: WatchedMetric): number {
  let best = -1;
  let bestValue = Number.NEGATIVE_INFINITY;
  history.forEach(({ validationAccuracy, validationLoss }, index) => {
    if (validationAccuracy === null || validationLoss === null) return;
    const value = metric === 'accuracy' ? validationAccuracy : -validationLoss;
    if (value <= bestValue) return;
    best = index;
    bestValue = value;
  });
  return best;
}

/** Whether the last `patience` epochs have all been no better than one before them. */
export function shouldStop(history: readonly EpochRecord[], metric: WatchedMetric, patience: number): boolean {
  return history.length - 1 - bestEpoch(history, metric) >= patience;
}
