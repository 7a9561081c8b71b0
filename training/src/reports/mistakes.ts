import sharp from 'sharp';
import { type Dataset, pictureAt } from '../data/index.js';
import type { Predictions } from '../evaluation/index.js';

/** A test picture with a wrong prediction. */
export interface Mistake {
  /** Its place in the data set, from 0. */
  readonly index: number;
  readonly truth: string;
  readonly predicted: string;
  /** Probabilities of both labels. */
  readonly truthProbability: number;
  readonly predictedProbability: number;
  /** The picture as a PNG, white ink on black. */
  readonly png: Uint8Array;
}

/** The wrong predictions, the one with the least probability of the true label first; at most `most`. */
export async function worstMistakes(
  dataset: Dataset,
  { probabilities, truth, labels: count }: Predictions,
  labels: readonly string[],
  most: number,
): Promise<readonly Mistake[]> {
  const wrong: Omit<Mistake, 'png'>[] = [];
  truth.forEach((label, index) => {
    const row = probabilities.subarray(index * count, (index + 1) * count);
    const best = row.indexOf(Math.max(...row));
    if (best === label) return;
    wrong.push({
      index,
      truth: labels[label],
      predicted: labels[best],
      truthProbability: row[label],
      predictedProbability: row[best],
    });
  });
  wrong.sort((one, other) => one.truthProbability - other.truthProbability || one.index - other.index);
  return Promise.all(
    wrong.slice(0, most).map(async (mistake) => ({ ...mistake, png: await pictureAsPng(dataset, mistake.index) })),
  );
}

async function pictureAsPng(dataset: Dataset, index: number): Promise<Uint8Array> {
  const [height, width] = dataset.shape;
  return sharp(pictureAt(dataset, index), { raw: { width, height, channels: 1 } })
    .png()
    .toBuffer();
}
