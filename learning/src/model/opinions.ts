import type { Guess } from '@inkcast/shared/teaching';
import type { Dataset } from '@inkcast/training/data/portable';
import { atTemperature, type Predictor, predictAll } from '@inkcast/training/evaluation/portable';
import type { LearningTools } from '../tools/index.js';

/** An int8 model, as its bundle has it. */
export interface Int8Model {
  readonly name: string;
  readonly model: Uint8Array;
  readonly labels: readonly string[];
  readonly temperature: number;
  /** What its outputs are. */
  readonly output: 'probabilities' | 'logits';
}

/** A softmax is never 0. */
const MIN_PROBABILITY = 1e-7;

/** What a model says of a picture: each label with its calibrated probability, likeliest first. */
export type Opinion = readonly Guess[];

/**
 * What a model says of the pictures of several data sets, in their order.
 *
 * @throws InkError as `predictAll` does
 */
export async function opinionsOn(
  { startPredictor }: Pick<LearningTools, 'startPredictor'>,
  model: Int8Model,
  ...datasets: readonly Dataset[]
): Promise<readonly Opinion[][]> {
  const predictor = model.output === 'logits' ? withSoftmax(startPredictor(model)) : startPredictor(model);
  try {
    const opinions: Opinion[][] = [];
    for (const dataset of datasets) opinions.push(await opinionsOf(predictor, model, dataset));
    return opinions;
  } finally {
    await predictor.close();
  }
}

async function opinionsOf(
  predictor: Predictor,
  { labels, temperature }: Int8Model,
  dataset: Dataset,
): Promise<Opinion[]> {
  if (dataset.labels.length === 0) return [];
  const { probabilities } = atTemperature(await predictAll(predictor, unlabelled(dataset, labels)), temperature);
  return Array.from(dataset.labels, (_, index) =>
    labels
      .map(
        (label, output): Guess => ({ label, probability: Math.min(1, probabilities[index * labels.length + output]) }),
      )
      .sort((one, other) => other.probability - one.probability),
  );
}

/** A predictor of probabilities, from one of logits. It owns it. */
function withSoftmax(logits: Predictor): Predictor {
  const { name, shape, labels } = logits;
  return {
    ...{ name, shape, labels, floor: MIN_PROBABILITY },
    predict: async (images, count) => {
      const values = await logits.predict(images, count);
      for (let start = 0; start < values.length; start += labels.length) {
        const row = values.subarray(start, start + labels.length);
        const largest = Math.max(...row);
        row.set(row.map((value) => Math.exp(value - largest)));
        const sum = row.reduce((total, value) => total + value, 0);
        row.set(row.map((value) => value / sum));
      }
      return values;
    },
    close: () => logits.close(),
  };
}

/** A model is asked about pictures of classes that it does not know, too. */
const unlabelled = (dataset: Dataset, classes: readonly string[]): Dataset => ({
  ...dataset,
  classes,
  labels: new Uint16Array(dataset.labels.length),
});
