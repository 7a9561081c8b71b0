export { createDaemon, type DaemonEnvironment } from './create-daemon.js';
export { Daemon, type DaemonParts } from './daemon.js';
export { deviceChecks } from './device-checks.js';
export { checkDigitSettings, digitsNeeded, type NamedClasses } from './digit-settings.js';
export { shownValue, valueFrom } from './entered-value.js';
export { FramePipeline } from './frame-pipeline.js';
export { Liveness, type LivenessOptions } from './liveness.js';
export { queueOptions } from './options-from-config.js';
export { PictureOnChange, type PictureOnChangeOptions } from './picture-on-change.js';
export {
  type DigitEngine,
  type EngineOptions,
  openDigitEngine,
  openReadingEngine,
  type ReadingEngine,
} from './reading-engine.js';
export { type JournalEntry, ReadingJournal } from './reading-journal.js';
export { regionIn, regionSettingsOf } from './region-settings.js';
export { type Situation, statusLine } from './status-line.js';
