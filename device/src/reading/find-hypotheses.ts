import type { Judgement } from '@inkcast/shared/judgement';
import { type DigitClassifier, findSpots, type Spotter } from '../inference/index.js';
import { READER_NUMBERS } from '../numbers/index.js';
import {
  type Box,
  candidateWithin,
  type LumaFrame,
  makeMosaic,
  Pyramid,
  type VisionOperations,
} from '../vision/index.js';
import type { Hypothesis } from './judgement/hypothesis.js';
import type { ReadingObserver } from './read-options.js';

/**
 * The parts that see and judge: one network for whole frames, one for crops, and the judgement that is fitted to both.
 */
export interface ReadingModels {
  readonly spotter: Spotter;
  readonly classifier: DigitClassifier;
  readonly judgement: Judgement;
}

/** Scale of the octave on which the ink of a box is examined. */
export const cropScale = ({ width, height }: Box): number =>
  2 ** Math.max(0, Math.ceil(Math.log2(Math.max(width, height) / READER_NUMBERS.maxCropSide.value)));

/** The digits that each place may be, and the time that the networks took. */
export interface FoundHypotheses {
  readonly places: readonly (readonly Hypothesis[])[];
  readonly inferenceMs: number;
}

/**
 * Finds digits in a frame. The spotter finds places, the ink there is cropped, and the classifier names the digit. The
 * hypotheses of a place are the classifier's likeliest digit and, if it differs, the spotter's.
 */
export function findHypotheses(
  operations: VisionOperations,
  { spotter, classifier, judgement }: ReadingModels,
  frame: LumaFrame,
  observer?: ReadingObserver,
): FoundHypotheses {
  let inferenceMs = 0;
  const timed = <T>(work: () => T): T => {
    const begun = performance.now();
    const result = work();
    inferenceMs += performance.now() - begun;
    return result;
  };
  const places = operations.inScope((scope) => {
    const pyramid = new Pyramid(scope, frame);
    const mosaic = makeMosaic(pyramid, spotter.finest);
    const map = timed(() => spotter.look(mosaic));
    const spots = findSpots(map, mosaic, judgement.minSpotLogOdds);
    observer?.spotted(map, mosaic, spots);
    return spots.map((spot) => {
      const candidate = candidateWithin(operations, pyramid, spot.box, cropScale(spot.box), (map) =>
        observer?.searched(map),
      );
      if (candidate === undefined) return [];
      const [classification] = timed(() => classifier.classify([candidate.crop]));
      const digits = new Set([classification.digit, spot.digit]);
      return [...digits].map((digit): Hypothesis => ({ spot, candidate, classification, digit }));
    });
  });
  return { places, inferenceMs };
}
