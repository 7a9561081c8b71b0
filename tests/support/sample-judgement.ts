import type { BoostedTrees, Judgement } from '@inkcast/shared/judgement';

/** Trees that give every case the same log-odds. */
export const constantTrees = (features: readonly string[], start = 0): BoostedTrees => ({
  features: [...features],
  start,
  trees: [],
});

/** A judgement that is well formed. */
export const sampleJudgement = (changes: Partial<Judgement> = {}): Judgement => ({
  minSpotLogOdds: -2,
  local: constantTrees(['own']),
  context: constantTrees(['company']),
  minConfidence: 0.5,
  minDoubt: 0.1,
  ...changes,
});
