import type { Classification, DigitClassifier } from '../inference/index.js';
import { type Candidate, type LumaFrame, proposeInk, type VisionOperations } from '../vision/index.js';
import { assembleReading } from './assemble-reading.js';
import { classifyCandidates } from './classify-candidates.js';
import type { ReadOptions } from './read-options.js';
import type { Reading } from './reading.js';

/** Where the time of one frame went, in milliseconds. */
export interface ReadingTimes {
  /** Proposals, and all that is looked at more closely among them. */
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
  read(frame: LumaFrame, options: ReadOptions = {}): FrameReading {
    const { recorder } = options;
    const begun = performance.now();
    const proposals = proposeInk(this.#operations, frame, recorder);
    let classifying = 0;
    const classify = ({ crop }: Candidate): Classification => {
      const started = performance.now();
      const [classification] = this.#classifier.classify([crop]);
      classifying += performance.now() - started;
      return classification;
    };
    const scored = classifyCandidates(proposals, classify, recorder);
    const vision = performance.now() - begun - classifying;
    const reading = assembleReading(scored, frame, options);
    return { reading, elapsedMs: { vision, inference: performance.now() - begun - vision } };
  }
}
