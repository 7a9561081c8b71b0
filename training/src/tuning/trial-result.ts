import type { Recipe } from '../recipe/index.js';
import type { Choice } from './search-space.js';

/** The number of epochs of a trial, and its results on the validation pictures. */
export interface TrialResult {
  /** The first is 1. */
  readonly trial: number;
  readonly choice: Choice;
  readonly recipe: Recipe;
  /** Number of epochs before it was dropped, or all epochs. */
  readonly epochs: number;
  readonly accuracy: number;
  /** Infinite where training diverged. */
  readonly loss: number;
}

/**
 * Sorts the best trial first. Trials with more epochs come first, because only the best of a round continue; then the
 * accuracy, the loss and the index decide.
 */
export function rankTrials(results: readonly TrialResult[]): readonly TrialResult[] {
  return [...results].sort(
    (one, other) =>
      other.epochs - one.epochs || other.accuracy - one.accuracy || one.loss - other.loss || one.trial - other.trial,
  );
}
