import type { DigitClassifier } from '@inkcast/device/inference';
import { type Dataset, pictureAt, readMnistTest, subset } from '@inkcast/training/data';
import { openShippedModel } from '../../models/index.js';
import { type VideoFrame, type VideoOptions, videoFrames } from '../../synthesis/index.js';

/** Least probability that the second network gives to what was meant. */
const LEGIBLE = 0.99;

/**
 * Videos of MNIST's test digits without those in dispute: a 4 that is closed as a 9 is, a 9 whose loop a thick pen leaves
 * open. A video is about following what can be read (decision 054). What can is said by a network that the reader does
 * not use, the tutorial's (`models/lenet`), so that the reader's own mistakes stay in.
 */
export class LegibleVideo {
  readonly #classifier: DigitClassifier;
  readonly #digits: Dataset;
  /** Pictures of MNIST's that are not shown. */
  readonly leftOut: number;

  /**
   * @param digits the legible ones
   * @param leftOut how many others there are
   * @param classifier the second network; it is closed with the video
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
