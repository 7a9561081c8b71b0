import type { Dataset } from '../data/portable/index.js';
import { predictAll, scorePredictions } from './predictions.js';
import type { Predictor } from './predictor.js';
import type { Score } from './scoring.js';

/**
 * Runs a model on every picture of a data set. A predicted label without a class in the data set, such as `none`, counts
 * as an error.
 *
 * @throws InkError INK_DATASET_INVALID if the pictures or classes do not fit the model
 */
export async function evaluate(predictor: Predictor, dataset: Dataset): Promise<Score> {
  return scorePredictions(await predictAll(predictor, dataset), predictor.labels);
}
