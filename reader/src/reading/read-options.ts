import type { Spot, SpotMap } from '../inference/index.js';
import type { InkMap } from '../vision/index.js';
import type { Expectation } from './expect/index.js';
import type { Judged, JudgedHypothesis } from './judgement/judgement.js';
import type { Rejection } from './reading.js';
import type { Classified, SymbolHypothesis } from './symbol-hypothesis.js';

/** Receives the steps of a reading, for explanations. */
export interface ReadingObserver {
  /** The spotter's output. */
  spotted(maps: readonly SpotMap[], spots: readonly Spot[]): void;
  /** The ink found around one spot. */
  searched(ink: InkMap): void;
  /** The decisions about everything that was judged. @param read in reading order */
  decided(read: readonly JudgedHypothesis[], judged: Judged, rejected: readonly Rejection[]): void;
  /** The same where a classifier alone decides. */
  classified(read: readonly SymbolHypothesis[], classified: Classified, rejected: readonly Rejection[]): void;
}

/** Options for reading one frame. */
export interface ReadOptions {
  /** The form that the reading must have; default any. */
  readonly expectation?: Expectation | undefined;
  /** Receives the steps of the reading. */
  readonly observer?: ReadingObserver | undefined;
}
