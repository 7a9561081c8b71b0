export { FrameReader, type FrameReading, type ReadingTimes } from './frame-reader.js';
export type { ReadDigit, Reading, Rejection, RejectionReason } from './reading.js';
export { type ReadingRules, RuleKeeper } from './reading-rules.js';
export { DEFAULT_TRACKING, ReadingTracker, type StableReading, type TrackerOptions } from './reading-tracker.js';
