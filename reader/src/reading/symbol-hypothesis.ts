import type { Classification } from '../inference/index.js';
import type { InkCandidate } from '../vision/index.js';
import type { DigitOrClass } from './digit-or-class.js';

/** The assumption that the ink in a place is a certain digit or other class. */
export interface SymbolHypothesis {
  readonly candidate: InkCandidate;
  readonly classification: Classification;
  readonly digit: DigitOrClass;
  /** The classifier's calibrated probability. */
  readonly probability: number;
  /** Log-odds of the same. */
  readonly logOdds: number;
}

/** All hypotheses of a frame that a classifier alone judges. */
export interface Classified {
  /** The likeliest set that uses no ink twice. */
  readonly chosen: readonly SymbolHypothesis[];
  /** The rivals of the chosen ones. */
  readonly others: readonly SymbolHypothesis[];
}
