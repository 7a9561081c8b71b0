import { InkError } from '@inkcast/shared/errors';
import { type Dataset, pictureSize } from '../data/portable/index.js';
import type { Predictor } from './predictor.js';
import { matchLabels, type Score, Scoring } from './scoring.js';

/** The predictions of a model for labelled pictures. */
export interface Predictions {
  /** Probabilities, pictures x labels, none below the model's floor. */
  readonly probabilities: Float32Array;
  /** Index of the true label of each picture. */
  readonly truth: Uint16Array;
  readonly labels: number;
}

/** Number of pictures per call of the model. */
const PART = 1000;

/**
 * Runs a model on every picture of a data set.
 *
 * @throws InkError INK_DATASET_INVALID if the pictures or classes do not fit the model, or an error of the model
 */
export async function predictAll(predictor: Predictor, dataset: Dataset): Promise<Predictions> {
  if (dataset.shape.join() !== predictor.shape.join()) {
    const sizes = `${dataset.shape.slice(0, 2).join('x')}, and ${predictor.name} takes ${predictor.shape.slice(0, 2).join('x')}`;
    throw new InkError('INK_DATASET_INVALID', `The pictures of ${dataset.name} are ${sizes}.`);
  }
  const labelOf = matchLabels(dataset.classes, predictor.labels, predictor.name);
  const labels = predictor.labels.length;
  const pictures = dataset.labels.length;
  const size = pictureSize(dataset.shape);
  const probabilities = new Float32Array(pictures * labels);
  for (let start = 0; start < pictures; start += PART) {
    const count = Math.min(PART, pictures - start);
    const part = await predictor.predict(dataset.images.subarray(start * size, (start + count) * size), count);
    probabilities.set(part, start * labels);
  }
  const floored = probabilities.map((probability) => Math.max(predictor.floor, probability));
  return { probabilities: floored, truth: Uint16Array.from(dataset.labels, (label) => labelOf[label]), labels };
}

/** @param labels the label of each output */
export function scorePredictions({ probabilities, truth }: Predictions, labels: readonly string[]): Score {
  const scoring = new Scoring(labels);
  truth.forEach((label, index) => {
    scoring.add(probabilities.subarray(index * labels.length, (index + 1) * labels.length), label);
  });
  return scoring.score();
}
