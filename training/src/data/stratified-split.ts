import { InkError } from '@inkcast/shared/errors';
import { Random } from '../random/index.js';
import { classCounts, type Dataset, subset } from './dataset.js';

export interface Split {
  readonly train: Dataset;
  readonly validation: Dataset;
}

/**
 * Sets `share` of every class aside for validation. `seed` selects the pictures; both parts keep the order of the data
 * set. The share of each class is rounded to the nearest number, but each part gets at least one picture of each class.
 *
 * @param share in (0, 1)
 * @throws InkError INK_DATASET_INVALID naming a class that has too few pictures to split
 */
export function stratifiedSplit(dataset: Dataset, share: number, seed: number): Split {
  const wanted = classCounts(dataset).map((count, label) => {
    if (count === 1) {
      const name = dataset.classes[label];
      throw new InkError('INK_DATASET_INVALID', `Class "${name}" has only one picture, which is too few for a split.`);
    }
    return count === 0 ? 0 : Math.min(count - 1, Math.max(1, Math.round(count * share)));
  });
  const order = Uint32Array.from(dataset.labels, (_, index) => index);
  new Random(seed).shuffle(order);
  const chosen = new Uint8Array(order.length);
  for (const index of order) {
    const label = dataset.labels[index];
    if (wanted[label] === 0) continue;
    wanted[label]--;
    chosen[index] = 1;
  }
  order.sort();
  return {
    train: subset(
      dataset,
      order.filter((index) => chosen[index] === 0),
    ),
    validation: subset(
      dataset,
      order.filter((index) => chosen[index] === 1),
    ),
  };
}
