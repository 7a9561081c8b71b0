import { type LabelledCrop, NONE } from '@inkcast/shared/teaching';
import { type Dataset, subset } from '@inkcast/training/data/portable';
import { joinDatasets, OTHER_CHARACTER, type ReplaySet } from '@inkcast/training/replay/portable';
import { cropDataset, repeated } from '../crops/index.js';

/** The pictures to learn from, and those without a character to check with. */
export interface LearningSet {
  readonly train: Dataset;
  /** The part of the replay set that is rehearsed. */
  readonly rehearsed: Dataset;
  readonly negatives: Dataset;
}

/**
 * Labelled crops with a replay set. For a model of digits any other character is `none`. A model of other classes
 * rehearses only what is none of any classes: one of the other characters may be one that it learns.
 *
 * @param classes the labels of the model that learns
 */
export function learningSet(
  replay: ReplaySet,
  crops: readonly LabelledCrop[],
  classes: readonly string[],
  isOther: boolean,
): LearningSet {
  const part = (dataset: Dataset): Dataset => (isOther ? plainNone(dataset) : asDigits(dataset));
  const rehearsed = joinDatasets('replay', classes, [part(replay.learn)]);
  const own = repeated(cropDataset(crops, classes));
  const train = joinDatasets('labels and replay', classes, [rehearsed, ...own]);
  return { train, rehearsed, negatives: joinDatasets('negatives', classes, [part(replay.negatives)]) };
}

const asDigits = (dataset: Dataset): Dataset => ({
  ...dataset,
  classes: dataset.classes.map((name) => (name === OTHER_CHARACTER ? NONE : name)),
});

function plainNone(dataset: Dataset): Dataset {
  const none = dataset.classes.indexOf(NONE);
  const places = Array.from(dataset.labels, (_, at) => at).filter((at) => dataset.labels[at] === none);
  return subset(dataset, places);
}
