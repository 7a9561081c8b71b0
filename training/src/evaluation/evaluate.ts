import type { Dataset } from '../data/index.js';
import { predictAll, scorePredictions } from './predictions.js';
import type { Predictor } from './predictor.js';
import type { Score } from './scoring.js';

/**
 * Runs a model over every picture of a data set. A label that the data set has no class for, such as `none`, is an
 * error wherever it is predicted.
 *
 * @throws InkError INK_DATASET_INVALID where the pictures or classes are not the model's
 */
export async function evaluate(predictor: Predictor, dataset: Dataset): Promise<Score> {
  return scorePredictions(await predictAll(predictor, dataset), predictor.labels);
}
