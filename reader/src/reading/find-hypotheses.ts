import type { Judgement } from '@inkcast/shared/judgement';
import type { Around } from '@inkcast/shared/teaching';
import { type DigitClassifier, findSpots, type Spotter, type Verifier } from '../inference/index.js';
import {
  candidateWithin,
  cropScale,
  type InkCandidate,
  type LumaFrame,
  makeMosaics,
  normalizeLuma,
  Pyramid,
  pictureAround,
  type VisionOperations,
} from '../vision/index.js';
import type { Hypothesis } from './judgement/hypothesis.js';
import type { ReadingObserver } from './read-options.js';

/**
 * The parts that see and judge: networks for whole frames, for crops of ink and for the pictures around them, and the
 * judgement that is fitted to all three.
 */
export interface ReadingModels {
  readonly spotter: Spotter;
  readonly classifier: DigitClassifier;
  readonly verifier: Verifier;
  readonly judgement: Judgement;
}

/** What finding hypotheses needs. The training of a verifier has none yet. */
type FindingModels = Omit<ReadingModels, 'verifier'> & { readonly verifier?: Verifier };

function aroundOf(
  { side, description: { window } }: Verifier,
  pyramid: Pyramid,
  { box, polarity }: InkCandidate,
): Around {
  return { window, pixels: normalizeLuma(pictureAround(pyramid, { box, side, window }), polarity) };
}

/** The digits that each place may be, and the time that the networks took. */
export interface FoundHypotheses {
  readonly places: readonly (readonly Hypothesis[])[];
  readonly inferenceMs: number;
}

/**
 * Finds digits in a frame. The spotter finds places, the ink there is cropped, the classifier names the digit, and the
 * verifier looks at the picture around it. The hypotheses of a place are the likeliest digits of the three networks.
 */
export function findHypotheses(
  operations: VisionOperations,
  { spotter, classifier, verifier, judgement }: FindingModels,
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
    const mosaics = makeMosaics(pyramid, spotter.finest);
    const maps = timed(() => spotter.look(mosaics));
    const spots = findSpots(maps, judgement.minSpotLogOdds);
    observer?.spotted(maps, spots);
    return spots.map((spot) => {
      const candidate = candidateWithin(operations, pyramid, spot.box, cropScale(spot.box), (map) =>
        observer?.searched(map),
      );
      if (candidate === undefined) return [];
      const [classification] = timed(() => classifier.classify([candidate.crop]));
      const around = verifier && aroundOf(verifier, pyramid, candidate);
      const verification = around && timed(() => verifier.verify(around.pixels));
      const digits = new Set([classification.digit, spot.digit, verification?.digit ?? spot.digit]);
      const seen = { spot, candidate, classification, around, verification };
      return [...digits].map((digit): Hypothesis => ({ ...seen, digit }));
    });
  });
  return { places, inferenceMs };
}
