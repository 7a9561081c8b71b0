import type { DigitClassifier } from '@inkcast/reader/inference';
import { type Dataset, pictureAt, readMnistTest, subset } from '@inkcast/training/data';
import { openShippedModel } from '../../models/index.js';
import { type VideoFrame, type VideoOptions, videoFrames } from '../../synthesis/index.js';

/** Minimum probability of the intended digit in the second network. */
const LEGIBLE = 0.99;

/**
 * Videos of MNIST's legible test digits. Doubtful digits are left out, such as a 4 that is closed like a 9. A video tests
 * the tracking of legible digits (decision 054). The tutorial's network (`models/lenet`) decides what is legible: the
 * reader does not use it, so the reader's own errors remain in the video.
 */
export class LegibleVideo {
  readonly #classifier: DigitClassifier;
  readonly #digits: Dataset;
  /** Number of MNIST's pictures that are not shown. */
  readonly leftOut: number;

  /**
   * @param digits the legible ones
   * @param leftOut the number of the other digits
   * @param classifier the second network; the video closes it
   */
  constructor(digits: Dataset, leftOut: number, classifier: DigitClassifier) {
    this.#digits = digits;
    this.leftOut = leftOut;
    this.#classifier = classifier;
  }

  frames(options: Omit<VideoOptions, 'isLegible'>): Generator<VideoFrame> {
    const isLegible = (picture: Uint8Array, meant: number): boolean => canBeRead(this.#classifier, picture, meant);
    return videoFrames(this.#digits, { ...options, isLegible });
  }

  close(): void {
    this.#classifier.close();
  }
}

function canBeRead(classifier: DigitClassifier, picture: Uint8Array, meant: number): boolean {
  const [{ digit, digitConfidence }] = classifier.classify([picture]);
  return digit === meant && digitConfidence >= LEGIBLE;
}

/** The caller closes it. */
export async function openLegibleVideo(): Promise<LegibleVideo> {
  const [digits, { classifier }] = await Promise.all([readMnistTest(), openShippedModel('lenet')]);
  const legible = Array.from(digits.labels.keys()).filter((index) =>
    canBeRead(classifier, pictureAt(digits, index), digits.labels[index]),
  );
  return new LegibleVideo(subset(digits, legible), digits.labels.length - legible.length, classifier);
}
