import type { Recipe } from '../recipe/index.js';
import type { Choice } from './search-space.js';

/** How far a trial came, and how well it did there on the validation pictures. */
export interface TrialResult {
  /** The first is 1. */
  readonly trial: number;
  readonly choice: Choice;
  readonly recipe: Recipe;
  /** Epochs it was trained before it fell out, or all of them. */
  readonly epochs: number;
  readonly accuracy: number;
  /** Infinite where training diverged. */
  readonly loss: number;
}

/**
 * The best first. Who was trained longer comes first, since only the best of a round go on; then the accuracy, the
 * loss, and the earlier trial.
 */
export function rankTrials(results: readonly TrialResult[]): readonly TrialResult[] {
  return [...results].sort(
    (one, other) =>
      other.epochs - one.epochs || other.accuracy - one.accuracy || one.loss - other.loss || one.trial - other.trial,
  );
}
