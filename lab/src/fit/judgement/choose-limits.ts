import type { Judgement } from '@inkcast/shared/judgement';
import type { StoredMark } from '../frames/frame-file.js';
import { judgeSeen, type SeenFrame } from './fit-judgement.js';
import { markOf, truthOf } from './label-hypothesis.js';

/** Probabilities that are tried as the least one at which a digit is read. */
const STEPS = 100;
/** Share of the true digits among what was chosen that is either read or in doubt. */
const DOUBT_RECALL = 0.995;

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

/**
 * The limits by which frames of kinds that were left out of training are read best: F1 over all their digits for what is
 * read; what is doubted is what nearly all true digits still reach.
 */
export function chooseLimits(
  trees: Pick<Judgement, 'local' | 'context'>,
  leftOut: readonly SeenFrame[],
): { readonly minDoubt: number; readonly best: LimitScore; readonly scores: readonly LimitScore[] } {
  const judged = leftOut.flatMap((seen) => judgeSeen(trees, seen));
  const digits = leftOut.reduce(
    (sum, { frame }) => sum + frame.marks.filter(({ label }) => /^[0-9]$/.test(label)).length,
    0,
  );
  const scores = Array.from({ length: STEPS - 1 }, (_, step): LimitScore => {
    const minConfidence = (step + 1) / STEPS;
    const read = judged.filter(({ item }) => item.probability >= minConfidence);
    const right = read.filter(({ truth }) => truth === true).length;
    const falseDigits = read.filter(({ truth }) => truth === false).length;
    return { minConfidence, f1: (2 * right) / (digits + right + falseDigits), recall: right / digits, falseDigits };
  });
  const best = scores.reduce((a, b) => (b.f1 > a.f1 ? b : a));
  const reached = judged
    .filter(({ truth }) => truth === true)
    .map(({ item }) => item.probability)
    .sort((a, b) => b - a);
  const minDoubt = Math.min(
    best.minConfidence,
    reached[Math.floor(DOUBT_RECALL * reached.length)] ?? best.minConfidence,
  );
  return { minDoubt, best, scores };
}
