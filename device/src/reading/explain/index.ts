export { FrameRecorder } from './frame-recorder.js';
export type { ClassifiedCrop, FrameTrace, HeatMap, Outcome, Spot, TracedCandidate } from './frame-trace.js';
