export { averageWeights } from './average-weights.js';
export { isBundle, openTrained } from './open-trained.js';
export { type PreparedRun, prepareRun, type RunPictures, readPictures, runOn } from './prepared-run.js';
export { RunFolder } from './run-folder.js';
export { type RunSummary, runSummarySchema } from './run-summary.js';
export { Trainer, type TrainerOptions, type TrainingOutcome } from './trainer.js';
export type { StepProgress, TrainingObserver } from './training-observer.js';
export { layersToFreeze, type Transfer, transferTo } from './transfer.js';
