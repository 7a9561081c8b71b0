import { type Dataset, subset } from '@inkcast/training/data/portable';
import { fitTemperature, predictAll } from '@inkcast/training/evaluation/portable';
import type { Int8Model } from '../model/index.js';
import type { LearningTools } from '../tools/index.js';

type Tools = Pick<LearningTools, 'startPredictor'>;

/** Pictures for each fit. */
const PICTURES = 800;

/**
 * The candidate's temperature: that of its base, changed by as much as the temperatures that fit both on the same pictures
 * differ. Half of a replay set is hard on purpose, so that a temperature fitted to it alone would be too high. Without a
 * base that knows the classes it is the temperature that fits the pictures.
 */
export async function candidateTemperature(
  tools: Tools,
  base: Int8Model | null,
  candidate: Omit<Int8Model, 'temperature'>,
  pictures: Dataset,
): Promise<number> {
  const step = Math.max(1, Math.floor(pictures.labels.length / PICTURES));
  const places = Array.from({ length: Math.min(PICTURES, pictures.labels.length) }, (_, index) => index * step);
  const sample = subset(pictures, places);
  const own = await fitted(tools, candidate, sample);
  return base === null ? own : (base.temperature * own) / (await fitted(tools, base, sample));
}

async function fitted(
  { startPredictor }: Tools,
  model: Omit<Int8Model, 'temperature'>,
  pictures: Dataset,
): Promise<number> {
  const predictor = startPredictor(model);
  return predictAll(predictor, pictures)
    .then(fitTemperature)
    .finally(() => predictor.close());
}
