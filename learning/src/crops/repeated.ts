import type { Dataset } from '@inkcast/training/data/portable';

/** Labelled crops are repeated until they are about so many, but not more often than so. */
const WANTED_CROPS = 200;
const MAX_REPETITIONS = 5;

/** Labelled crops as often as they are learned from in each epoch, beside a replay set. */
export function repeated(crops: Dataset): readonly Dataset[] {
  const times = Math.min(MAX_REPETITIONS, Math.max(1, Math.round(WANTED_CROPS / crops.labels.length)));
  return new Array<Dataset>(times).fill(crops);
}
