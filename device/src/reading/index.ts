export { FrameReader, type FrameReading, type ReadingTimes } from './frame-reader.js';
export type { ReadDigit, Reading, Rejection, RejectionReason } from './reading.js';
