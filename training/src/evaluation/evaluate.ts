import { InkError } from '@inkcast/shared/errors';
import { type Dataset, pictureSize } from '../data/index.js';
import type { Predictor } from './predictor.js';
import { matchLabels, type Score, Scoring } from './scoring.js';

/** Pictures asked for in one go. */
const PART = 1000;

/**
 * Runs a model over every picture of a data set. A label that the data set has no class for, such as `none`, is an
 * error wherever it is predicted.
 *
 * @param onProgress called with the pictures done and their number
 * @throws InkError INK_DATASET_INVALID where the pictures or classes are not the model's
 */
export async function evaluate(
  predictor: Predictor,
  dataset: Dataset,
  onProgress: (done: number, all: number) => void = () => {},
): Promise<Score> {
  if (dataset.shape.join() !== predictor.shape.join()) {
    const sizes = `${dataset.shape.slice(0, 2).join('x')}, and ${predictor.name} takes ${predictor.shape.slice(0, 2).join('x')}`;
    throw new InkError('INK_DATASET_INVALID', `The pictures of ${dataset.name} are ${sizes}.`);
  }
  const labelOf = matchLabels(dataset.classes, predictor.labels, predictor.name);
  const scoring = new Scoring(predictor.labels, predictor.floor);
  const size = pictureSize(dataset.shape);
  const outputs = predictor.labels.length;
  const all = dataset.labels.length;
  for (let start = 0; start < all; start += PART) {
    const count = Math.min(PART, all - start);
    const probabilities = await predictor.predict(dataset.images.subarray(start * size, (start + count) * size), count);
    for (let index = 0; index < count; index++) {
      const row = probabilities.subarray(index * outputs, (index + 1) * outputs);
      scoring.add(row, labelOf[dataset.labels[start + index]]);
    }
    onProgress(start + count, all);
  }
  return scoring.score();
}
