import type { Judgement } from '@inkcast/shared/judgement';
import type { StoredMark } from '../frames/frame-file.js';
import { judgeSeen, type SeenFrame } from './fit-judgement.js';
import { isToBeRead, markOf, truthOf } from './label-hypothesis.js';

/** A digit is read if its probability is above one half, by definition. */
export const MIN_CONFIDENCE = 0.5;
/** A hypothesis that is not read, but has at least this probability, puts its number in doubt, by definition. */
export const MIN_DOUBT = 0.1;
/** Number of steps of probability for which scores are computed. */
const STEPS = 20;

/** Share of the true digits with a spot that must pass the limit. */
const SPOT_RECALL = 0.995;

/**
 * The highest limit for the log-odds of a spot that almost all true digits pass. The frames must have been processed with a
 * limit that misses almost no digit. undefined if there is no digit.
 */
export function chooseMinSpotLogOdds(leftOut: readonly SeenFrame[]): number | undefined {
  const scores = leftOut.flatMap(bestScores).sort((a, b) => b - a);
  return scores[Math.min(scores.length - 1, Math.ceil(SPOT_RECALL * scores.length) - 1)];
}

/** The highest score of a correct hypothesis for each digit. */
function bestScores({ frame, places }: SeenFrame): number[] {
  const scores = new Map<StoredMark, number>();
  for (const hypothesis of places.flat()) {
    const { mark } = markOf(hypothesis.candidate.box, frame);
    if (mark === undefined || truthOf(hypothesis, frame) !== true) continue;
    scores.set(mark, Math.max(hypothesis.spot.score, scores.get(mark) ?? Number.NEGATIVE_INFINITY));
  }
  return [...scores.values()];
}

/** The score of the reader at one limit. */
export interface LimitScore {
  readonly minConfidence: number;
  readonly f1: number;
  readonly recall: number;
  readonly falseDigits: number;
}

/** The scores at each limit on frames of kinds that were left out of the training. */
export function scoreLimits(
  trees: Pick<Judgement, 'local' | 'context'>,
  leftOut: readonly SeenFrame[],
): readonly LimitScore[] {
  const judged = leftOut.flatMap((seen) => judgeSeen(trees, seen));
  const digits = leftOut.reduce((sum, { frame }) => sum + frame.marks.filter(isToBeRead).length, 0);
  return Array.from({ length: STEPS - 1 }, (_, step): LimitScore => {
    const minConfidence = (step + 1) / STEPS;
    const read = judged.filter(({ item }) => item.probability >= minConfidence);
    const right = read.filter(({ truth }) => truth === true).length;
    const falseDigits = read.filter(({ truth }) => truth === false).length;
    return { minConfidence, f1: (2 * right) / (digits + right + falseDigits), recall: right / digits, falseDigits };
  });
}
