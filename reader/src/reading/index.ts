export { assembleReading } from './assemble-reading.js';
export { BlockMeans, ChangeMask } from './block-means.js';
export { areOfSameInk, chooseHypotheses } from './choose-hypotheses.js';
export { decimalText, decimalUnits } from './decimal-text.js';
export { type DigitOrClass, rowText } from './digit-or-class.js';
export {
  chooseExpected,
  type Expectation,
  type ExpectationSetting,
  type ExpectedDigit,
  type ExpectedReading,
  type ExpectedRow,
  expectationOf,
  expectationSchema,
  type FilledSlot,
  type Slot,
} from './expect/index.js';
export { findHypotheses, type ReadingModels } from './find-hypotheses.js';
export { FrameReader, type FrameReading, type Look, type ReadingTimes } from './frame-reader.js';
export { InkReader } from './ink-reader.js';
export { CONTEXT_FEATURES } from './judgement/context-features.js';
export type { Hypothesis, WeighedHypothesis } from './judgement/hypothesis.js';
export {
  contextRow,
  type Judged,
  type JudgedHypothesis,
  judge,
  judgementOf,
  localRow,
  weighPlaces,
} from './judgement/judgement.js';
export { LOCAL_FEATURES } from './judgement/local-features.js';
export { type OpenReader, type OpenReaderOptions, openFrameReader } from './open-frame-reader.js';
export { orderRows } from './order-rows.js';
export type { ReadingObserver, ReadOptions } from './read-options.js';
export type { ReadDigit, Reading, Rejection, RejectionReason } from './reading.js';
export { type ReadingRules, readingRulesSchema } from './reading-rules.js';
export { DEFAULT_TRACKING, ReadingTracker, type StableReading, type TrackerOptions } from './reading-tracker.js';
export { type AcceptedValue, type Refusal, type Rule, RuleKeeper, type Verdict } from './rule-keeper.js';
export { type FrameOutcome, SteadyReader, type SteadyReaderOptions, type SteadyReading } from './steady-reader.js';
export type { Classified, SymbolHypothesis } from './symbol-hypothesis.js';
export { boxesInFrame, inFrameCoordinates } from './view-coordinates.js';
