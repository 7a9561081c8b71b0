import type { EpochRecord } from '../checkpoint/index.js';

/** The progress of a run after a step. */
export interface StepProgress {
  /** The first is 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Steps done in this epoch, and how many it has. */
  readonly step: number;
  readonly steps: number;
  /** Means over the epoch so far. */
  readonly loss: number;
  readonly accuracy: number;
  readonly imagesPerSecond: number;
  readonly secondsPerStep: number;
}

/** Receives the progress of a run. */
export interface TrainingObserver {
  step(progress: StepProgress): void;
  epoch(record: EpochRecord): void;
}
