import type { Bundle, ModelMetrics } from '@inkcast/shared/bundle/content';
import type { Score } from '@inkcast/training/evaluation/portable';
import type { TestSet } from './test-set.js';

/** The figures of a model's float weights and of its int8 model. */
export interface Figures<T extends ModelMetrics | Score> {
  readonly float: T;
  readonly int8: T;
}

/**
 * Whether figures on the test set are to be made into figures on all test pictures: it holds only those of MNIST of which the
 * model is least sure, and the base was measured on all of them.
 */
export function isPartOfTest({ source, dataset }: TestSet, { manifest }: Bundle): boolean {
  const { data, pictures = 0 } = manifest.testedOn ?? {};
  return source === 'replay' && data?.kind === 'mnist' && pictures > dataset.labels.length;
}

/**
 * The score of a candidate on all test pictures: that of its base, changed by as much as both differ on some of them. The
 * others keep their label (docs/decisions/121).
 *
 * @param known the base's on all pictures
 * @param before the base's on some
 * @param after the candidate's on the same
 */
export function scoreOnAll(known: ModelMetrics, before: Score, after: Score): Score {
  const confusion = known.confusion.map((row, truth) =>
    row.map((count, said) => Math.max(0, count - before.confusion[truth][said] + after.confusion[truth][said])),
  );
  const classes = after.classes.map(({ label }, index) => {
    const images = sum(confusion[index]);
    const correct = confusion[index][index];
    const predicted = sum(confusion.map((row) => row[index]));
    return { label, images, correct, recall: ratio(correct, images), precision: ratio(correct, predicted) };
  });
  const images = sum(classes.map((one) => one.images));
  return {
    images,
    accuracy: sum(classes.map(({ correct }) => correct)) / images,
    loss: Math.max(0, known.loss + (after.images / images) * (after.loss - before.loss)),
    perClass: classes.map(({ recall }) => recall),
    confusion,
    classes,
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
