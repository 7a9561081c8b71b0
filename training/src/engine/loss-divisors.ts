import { BOX_VALUES } from '@inkcast/shared/spots';
import type { Batch } from './batch.js';
import { targetSize, targetsOf } from './check-batch.js';
import { targetValues } from './loss-options.js';
import type { ResolvedOptions } from './resolved-options.js';

/** The divisors of a loss's sums over the batch; both are at least 1. */
export interface LossDivisors {
  /** Number of pictures; with `spots`, the number of centres, for the sum of the heats. */
  readonly main: number;
  /** Sum of the boxes' weights, for the sum of the boxes. */
  readonly box: number;
}

export function lossDivisors(options: ResolvedOptions, batch: Batch): LossDivisors {
  const { loss } = options;
  if (loss.kind !== 'spots') return { main: batch.count, box: 1 };
  const targets = targetsOf(batch);
  const step = targetValues(loss);
  const end = batch.count * targetSize(options);
  let centres = 0;
  let boxes = 0;
  for (let cell = 0; cell < end; cell += step) {
    for (let index = cell; index < cell + loss.classes; index++) if (targets[index] === 1) centres++;
    boxes += targets[cell + loss.classes + 1 + BOX_VALUES];
  }
  return { main: Math.max(1, centres), box: Math.max(1, boxes) };
}
