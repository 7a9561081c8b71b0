import { type Classification, type DigitClassifier, NONE } from '../inference/index.js';
import { READER_NUMBERS } from '../numbers/index.js';
import {
  candidateWithin,
  cropScale,
  type InkCandidate,
  inkPlaces,
  iou,
  type LumaFrame,
  Pyramid,
  type VisionOperations,
} from '../vision/index.js';
import { digitOrClass } from './digit-or-class.js';
import type { ReadingObserver } from './read-options.js';
import type { SymbolHypothesis } from './symbol-hypothesis.js';

export interface FoundSymbols {
  readonly hypotheses: readonly SymbolHypothesis[];
  /** Time that the classifier took. */
  readonly inferenceMs: number;
}

/**
 * Finds ink in a frame, crops it as the ink of digits is cropped, and has the classifier name it. Hypotheses may be
 * about the same ink.
 */
export function findSymbols(
  operations: VisionOperations,
  classifier: DigitClassifier,
  frame: LumaFrame,
  observer?: ReadingObserver,
): FoundSymbols {
  const candidates = inkCandidates(operations, frame, observer);
  const begun = performance.now();
  const classifications = classifier.classify(candidates.map(({ crop }) => crop));
  const inferenceMs = performance.now() - begun;
  const hypotheses = candidates.map((candidate, index) => hypothesisOf(candidate, classifications[index], classifier));
  return { hypotheses, inferenceMs };
}

/** The ink that may be a character. Ink that the frame's edge cuts is left out: nobody can tell what it is. */
function inkCandidates(operations: VisionOperations, frame: LumaFrame, observer?: ReadingObserver): InkCandidate[] {
  return operations.inScope((scope) => {
    const pyramid = new Pyramid(scope, frame);
    const found: InkCandidate[] = [];
    for (const box of inkPlaces(operations, pyramid)) {
      const candidate = candidateWithin(operations, pyramid, box, cropScale(box), (map) => observer?.searched(map));
      if (candidate === undefined || candidate.atEdge) continue;
      const isKnown = found.some((other) => iou(other.box, candidate.box) > READER_NUMBERS.sameInkIou.value);
      if (!isKnown) found.push(candidate);
    }
    return found;
  });
}

function hypothesisOf(
  candidate: InkCandidate,
  classification: Classification,
  { labels }: DigitClassifier,
): SymbolHypothesis {
  const { probabilities } = classification;
  let best = -1;
  probabilities.forEach((probability, index) => {
    if (labels[index] !== NONE && (best < 0 || probability > probabilities[best])) best = index;
  });
  const probability = Math.min(1, probabilities[best]);
  const { minProbability } = READER_NUMBERS;
  const bounded = Math.min(1 - minProbability.value, Math.max(minProbability.value, probability));
  const logOdds = Math.log(bounded / (1 - bounded));
  return { candidate, classification, digit: digitOrClass(labels[best]), probability, logOdds };
}
