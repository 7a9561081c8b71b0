import type { Doubt, LabelledCrop } from '@inkcast/shared/teaching';
import { cropDataset } from '../crops/index.js';
import { type Int8Model, opinionsOn } from '../model/index.js';
import type { LearningTools } from '../tools/index.js';

/**
 * The model contradicts a label if it gives another one at least this calibrated probability (docs/decisions/120).
 */
const MIN_CONTRADICTION = 0.8;
/** Likeliest labels that are told. */
const GUESSES = 4;

/**
 * The labels to look at once more: those that the model contradicts with confidence, in the order of the crops. A label
 * that was confirmed, or that the model does not know, is not among them.
 *
 * @throws InkError if the model cannot be run
 */
export async function secondLook(
  tools: Pick<LearningTools, 'startPredictor'>,
  model: Int8Model,
  crops: readonly LabelledCrop[],
): Promise<readonly Doubt[]> {
  const asked = crops.filter(({ label, confirmed }) => !confirmed && model.labels.includes(label));
  const [opinions] = await opinionsOn(tools, model, cropDataset(asked, model.labels));
  return asked.flatMap(({ id, label }, index) => {
    const [likeliest] = opinions[index];
    if (likeliest.label === label || likeliest.probability < MIN_CONTRADICTION) return [];
    return [{ id, label, guesses: opinions[index].slice(0, GUESSES) }];
  });
}
