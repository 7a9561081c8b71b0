import type { Judgement } from '@inkcast/shared/judgement';
import type { StoredMark } from '../frames/frame-file.js';
import { judgeSeen, type SeenFrame } from './fit-judgement.js';
import { isToBeRead, markOf, truthOf } from './label-hypothesis.js';

/** A digit is read where it is likelier than not; by definition. */
export const MIN_CONFIDENCE = 0.5;
/** What is not read, but a digit once in ten times, puts the number that it stands beside in doubt; by definition. */
export const MIN_DOUBT = 0.1;
/** Probabilities of which the scores are told: one step is one of so many. */
const STEPS = 20;

/** Share of the true digits that a spotter sees at all which are looked at. */
const SPOT_RECALL = 0.995;

/**
 * The highest log-odds of a spot at which nearly all true digits of frames are still looked at, of those that were seen
 * with a limit so low that hardly any is missed; undefined where there is none.
 */
export function chooseMinSpotLogOdds(leftOut: readonly SeenFrame[]): number | undefined {
  const scores = leftOut.flatMap(bestScores).sort((a, b) => b - a);
  return scores[Math.min(scores.length - 1, Math.ceil(SPOT_RECALL * scores.length) - 1)];
}

/** The highest score of each digit that is seen for what it is. */
function bestScores({ frame, places }: SeenFrame): number[] {
  const scores = new Map<StoredMark, number>();
  for (const hypothesis of places.flat()) {
    const { mark } = markOf(hypothesis, frame);
    if (mark === undefined || truthOf(hypothesis, frame) !== true) continue;
    scores.set(mark, Math.max(hypothesis.spot.score, scores.get(mark) ?? Number.NEGATIVE_INFINITY));
  }
  return [...scores.values()];
}

/** How well frames are read at one limit. */
export interface LimitScore {
  readonly minConfidence: number;
  readonly f1: number;
  readonly recall: number;
  readonly falseDigits: number;
}

/** What each limit would bring on frames of kinds that were left out of training. */
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
