import type { DigitClassifier } from '@inkcast/device/inference';
import { type Dataset, pictureAt, subset } from '@inkcast/training/data';
import { openShippedModel } from '../shipped-model.js';

/** Least probability that the second network gives to what was meant. */
const LEGIBLE = 0.99;

/**
 * Tells what can be read from what is in dispute: a 4 that is closed as a 9 is, a 9 whose loop a thick pen leaves open.
 * A video is about following what can be read. It is said by a network that the reader does not use, the tutorial's
 * (`models/lenet`), so that the reader's own mistakes stay in.
 */
export class Legibility {
  readonly #classifier: DigitClassifier;

  /** @param classifier its own from now on */
  constructor(classifier: DigitClassifier) {
    this.#classifier = classifier;
  }

  /** @param picture 28x28 bytes, white ink on black, as MNIST's */
  readonly isLegible = (picture: Uint8Array, meant: number): boolean => {
    const [{ digit, digitConfidence }] = this.#classifier.classify([picture]);
    return digit === meant && digitConfidence >= LEGIBLE;
  };

  legibleAmong(digits: Dataset): Dataset {
    const kept = Array.from(digits.labels, (_, index) => index).filter((index) =>
      this.isLegible(pictureAt(digits, index), digits.labels[index]),
    );
    return subset(digits, kept);
  }

  close(): void {
    this.#classifier.close();
  }
}

/** The caller closes it. */
export async function openLegibility(): Promise<Legibility> {
  return new Legibility((await openShippedModel('lenet')).classifier);
}
