import { CONTEXT_FEATURES, LOCAL_FEATURES } from '@inkcast/reader/reading';
import type { Judgement } from '@inkcast/shared/judgement';

/** A judgement before the fit: every hypothesis has the probability 0.5. */
export function blankJudgement(minSpotLogOdds: number): Judgement {
  const blank = (features: object) => ({ features: Object.keys(features), start: 0, trees: [] });
  return {
    minSpotLogOdds,
    local: blank(LOCAL_FEATURES),
    context: blank(CONTEXT_FEATURES),
    minConfidence: 0.5,
    minDoubt: 0.5,
  };
}
