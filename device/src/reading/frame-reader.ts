import type { Classification, DigitClassifier } from '../inference/index.js';
import { type Candidate, type LumaFrame, proposeCandidates, type VisionOperations } from '../vision/index.js';
import { assembleReading } from './assemble-reading.js';
import type { Reading } from './reading.js';

/** Where the time of one frame went, in milliseconds. */
export interface ReadingTimes {
  readonly vision: number;
  readonly inference: number;
}

export interface FrameReading {
  readonly reading: Reading;
  readonly elapsedMs: ReadingTimes;
  /** All that was looked at, with what the classifier said: for diagnosis and for making training data. */
  readonly candidates: readonly Candidate[];
  readonly classifications: readonly Classification[];
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
    const candidates = proposeCandidates(this.#operations, frame);
    const proposed = performance.now();
    const classifications = this.#classifier.classify(candidates.map(({ crop }) => crop));
    const reading = assembleReading(
      candidates.map((candidate, index) => ({ candidate, classification: classifications[index] })),
      frame,
    );
    const elapsedMs = { vision: proposed - begun, inference: performance.now() - proposed };
    return { reading, elapsedMs, candidates, classifications };
  }
}
