import type { DigitClassifier } from '../inference/index.js';
import { type LumaFrame, proposeInk, type VisionOperations } from '../vision/index.js';
import { assembleReading } from './assemble-reading.js';
import { classifyCandidates } from './classify-candidates.js';
import type { Reading } from './reading.js';

/** Where the time of one frame went, in milliseconds. */
export interface ReadingTimes {
  readonly vision: number;
  /** The model, and the choice among what it says. */
  readonly inference: number;
}

export interface FrameReading {
  readonly reading: Reading;
  readonly elapsedMs: ReadingTimes;
}

/** Reads single frames: vision proposes, the classifier scores, the best set is read. It owns neither of the two. */
export class FrameReader {
  readonly #operations: VisionOperations;
  readonly #classifier: DigitClassifier;

  constructor(operations: VisionOperations, classifier: DigitClassifier) {
    this.#operations = operations;
    this.#classifier = classifier;
  }

  /** Boxes are in pixels of the frame. */
  read(frame: LumaFrame): FrameReading {
    const begun = performance.now();
    const proposals = proposeInk(this.#operations, frame);
    const proposed = performance.now();
    let cropping = 0;
    const scored = classifyCandidates(proposals, (candidate) => {
      const started = performance.now();
      const { crop } = candidate;
      cropping += performance.now() - started;
      return this.#classifier.classify([crop])[0];
    });
    const reading = assembleReading(scored, frame);
    const vision = proposed - begun + cropping;
    return { reading, elapsedMs: { vision, inference: performance.now() - begun - vision } };
  }
}
