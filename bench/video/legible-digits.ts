import { type Dataset, pictureAt, subset } from '@inkcast/training/data';
import { openShippedModel } from '../shipped-model.js';

/** Least probability that the second network gives to the label. */
const LEGIBLE = 0.99;

/**
 * MNIST's pictures without those whose writing is in dispute: a 4 that is closed as a 9 is, an 8 that is open. A video
 * is about following what can be read. Which ones they are is said by a network that the reader does not use, the
 * tutorial's (`models/lenet`), so that the reader's own mistakes stay in.
 */
export async function legibleDigits(digits: Dataset): Promise<Dataset> {
  const { classifier } = await openShippedModel('lenet');
  try {
    const pictures = Array.from(digits.labels, (_, index) => pictureAt(digits, index));
    const said = classifier.classify(pictures);
    const legible = said.flatMap(({ digit, digitConfidence }, index) =>
      digit === digits.labels[index] && digitConfidence >= LEGIBLE ? [index] : [],
    );
    return subset(digits, legible);
  } finally {
    classifier.close();
  }
}
