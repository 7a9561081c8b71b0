export { createDaemon } from './create-daemon.js';
export { Daemon, type DaemonParts } from './daemon.js';
export { deviceChecks } from './device-checks.js';
export { FramePipeline } from './frame-pipeline.js';
export { Liveness, type LivenessOptions } from './liveness.js';
export { type EngineOptions, openReadingEngine, type ReadingEngine } from './reading-engine.js';
export { type JournalEntry, ReadingJournal } from './reading-journal.js';
export { type Situation, statusLine } from './status-line.js';
export { viewAreaOf } from './view-area.js';
