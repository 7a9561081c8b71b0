import type { Spot, SpotMap } from '../inference/index.js';
import type { InkMap, Mosaic } from '../vision/index.js';
import type { Expectation } from './expect/index.js';
import type { Judged, JudgedHypothesis } from './judgement/judgement.js';
import type { Rejection } from './reading.js';

/** Told how a reading comes about, where someone asked for an explanation. */
export interface ReadingObserver {
  /** What the spotter says. @param map valid until this returns */
  spotted(map: SpotMap, mosaic: Mosaic, spots: readonly Spot[]): void;
  /** What stands out from the paper around one spot. */
  searched(ink: InkMap): void;
  /** What became of all that was judged. @param read in reading order */
  decided(read: readonly JudgedHypothesis[], judged: Judged, rejected: readonly Rejection[]): void;
}

/** What else counts for the reading of one frame. */
export interface ReadOptions {
  /** The form that the reading is known to have; default any. */
  readonly expectation?: Expectation | undefined;
  /** Told how the reading comes about. */
  readonly observer?: ReadingObserver | undefined;
}
