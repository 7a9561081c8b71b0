import type { Around } from '@inkcast/shared/teaching';
import type { Classification, Spot, Verification } from '../../inference/index.js';
import type { InkCandidate } from '../../vision/index.js';

/** The assumption that the ink in a place is a certain digit. */
export interface Hypothesis {
  readonly spot: Spot;
  readonly candidate: InkCandidate;
  readonly classification: Classification;
  /** undefined before there is a verifier. */
  readonly verification: Verification | undefined;
  /** What the verifier saw; undefined before there is one. */
  readonly around: Around | undefined;
  readonly digit: number;
}

/** A hypothesis with its log-odds, computed from its own place alone. */
export interface WeighedHypothesis extends Hypothesis {
  readonly logOdds: number;
}
