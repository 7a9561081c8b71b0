import type { Bundle } from '@inkcast/shared/bundle/content';
import type { GateReport, LabelledCrop } from '@inkcast/shared/teaching';
import type { Dataset } from '@inkcast/training/data/portable';
import { evaluate, type Score } from '@inkcast/training/evaluation/portable';
import { joinDatasets, type ReplaySet } from '@inkcast/training/replay/portable';
import { cropDataset } from '../crops/index.js';
import type { LearningTools } from '../tools/index.js';

/** MNIST's test pictures. Those that a replay set leaves out keep their label, right in both models. */
const MNIST_TEST_PICTURES = 10_000;

/** The pictures that the candidate's figures are measured on. */
export interface TestSet {
  readonly dataset: Dataset;
  readonly source: NonNullable<GateReport['mnist']>['source'] | 'labels';
}

export interface TestSetOptions {
  readonly replay: ReplaySet;
  readonly crops: readonly LabelledCrop[];
  readonly negatives: Dataset;
  readonly classes: readonly string[];
  readonly isOther: boolean;
  /** MNIST's test pictures; undefined if the machine has none. */
  readonly testPictures: () => Promise<Dataset | undefined>;
}

/**
 * MNIST's test pictures where the machine has them; otherwise those in the replay set. For other classes, the held-back
 * labels and the negatives.
 */
export async function testSetFor(options: TestSetOptions): Promise<TestSet> {
  const { replay, crops, negatives, classes, isOther, testPictures } = options;
  if (isOther) {
    const heldBack = cropDataset(
      crops.filter((crop) => crop.heldBack),
      classes,
    );
    return { dataset: joinDatasets('held-back labels', classes, [negatives, heldBack]), source: 'labels' };
  }
  const whole = await testPictures();
  if (whole !== undefined) return { dataset: whole, source: 'mnist' };
  return { dataset: joinDatasets("mnist's hardest", classes, [replay.hardTest]), source: 'replay' };
}

/** @param after the candidate's score on the test set */
export async function mnistFigures(
  { startPredictor }: Pick<LearningTools, 'startPredictor'>,
  bundle: Bundle,
  testSet: TestSet,
  after: Score,
): Promise<GateReport['mnist']> {
  const { dataset, source } = testSet;
  if (source === 'labels') return null;
  const percent = ({ accuracy }: Score): number =>
    100 - (100 * dataset.labels.length * (1 - accuracy)) / MNIST_TEST_PICTURES;
  const { name, labels, metrics, testedOn } = bundle.manifest;
  const isMeasured = source === 'mnist' && JSON.stringify(testedOn?.sha256) === JSON.stringify(dataset.sha256);
  if (isMeasured) return { before: 100 * metrics.int8.accuracy, after: percent(after), source };
  const predictor = startPredictor({ name, model: bundle.model, labels });
  const before = await evaluate(predictor, dataset).finally(() => predictor.close());
  return { before: percent(before), after: percent(after), source };
}
