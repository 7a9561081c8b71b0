import {
  CONTEXT_FEATURES,
  chooseHypotheses,
  contextRow,
  type Hypothesis,
  type JudgedHypothesis,
  judge,
  LOCAL_FEATURES,
  localRow,
  type WeighedHypothesis,
  weighPlaces,
} from '@inkcast/reader/reading';
import type { Judgement } from '@inkcast/shared/judgement';
import type { StoredFrame } from '../frames/frame-file.js';
import { type Cases, fitTrees, TREE_OPTIONS } from '../trees/index.js';
import { localTruthOf, type Truth, truthOf } from './label-hypothesis.js';

/** A frame and the results of both networks. */
export interface SeenFrame {
  readonly frame: StoredFrame;
  readonly places: readonly (readonly Hypothesis[])[];
}

/** Number of folds: the first trees judge only frames that they were not fitted to, so the second trees get honest odds. */
const FOLDS = 3;

/** Both judgements, and for each feature the total gain of its splits. */
export interface FittedTrees extends Pick<Judgement, 'local' | 'context'> {
  readonly gains: { readonly local: Float64Array; readonly context: Float64Array };
}

/**
 * Fits both judgements: first of each hypothesis alone, then of the chosen hypotheses with their neighbours.
 *
 * @param seen frames of the training kinds
 */
export function fitJudgement(seen: readonly SeenFrame[]): FittedTrees {
  const foldOf = (index: number): number => index % FOLDS;
  const localFolds = Array.from({ length: FOLDS }, (_, fold) =>
    fitTrees(localCases(seen.filter((_, index) => foldOf(index) !== fold)), TREE_OPTIONS),
  );
  const chosen = seen.map((item, index) => ({
    frame: item.frame,
    chosen: chooseHypotheses(weighPlaces({ local: localFolds[foldOf(index)] }, item.places)),
  }));
  const gains = {
    local: new Float64Array(Object.keys(LOCAL_FEATURES).length),
    context: new Float64Array(Object.keys(CONTEXT_FEATURES).length),
  };
  return {
    local: fitTrees(localCases(seen), TREE_OPTIONS, gains.local),
    context: fitTrees(contextCases(chosen), { ...TREE_OPTIONS, trees: 120, depth: 4 }, gains.context),
    gains,
  };
}

/** The judgement of a frame: each chosen hypothesis with its probability, and whether it is true. */
export function judgeSeen(
  trees: Pick<Judgement, 'local' | 'context'>,
  { frame, places }: SeenFrame,
): { readonly item: JudgedHypothesis; readonly truth: Truth }[] {
  const chosen = chooseHypotheses(weighPlaces(trees, places));
  return judge(trees, chosen, chosen).map((item) => ({ item, truth: truthOf(item, frame) }));
}

/** Only one in this many cases that the classifier calls none is used for the fit, with the weight of all of them. */
const EASY_CASES = 4;
const EASY_ANY_DIGIT = 0.05;

function localCases(seen: readonly SeenFrame[]): Cases {
  const rows: Float64Array[] = [];
  const labels: number[] = [];
  const weights: number[] = [];
  let easy = 0;
  for (const { frame, places } of seen) {
    for (const hypothesis of places.flat()) {
      const truth = localTruthOf(hypothesis, frame);
      if (truth === undefined) continue;
      const isEasy = !truth && hypothesis.classification.anyDigit < EASY_ANY_DIGIT;
      if (isEasy && easy++ % EASY_CASES !== 0) continue;
      rows.push(localRow(hypothesis));
      labels.push(truth ? 1 : 0);
      weights.push(isEasy ? EASY_CASES : 1);
    }
  }
  return casesOf(Object.keys(LOCAL_FEATURES), rows, labels, weights);
}

function contextCases(
  frames: readonly { readonly frame: StoredFrame; readonly chosen: readonly WeighedHypothesis[] }[],
): Cases {
  const rows: Float64Array[] = [];
  const labels: number[] = [];
  for (const { frame, chosen } of frames) {
    for (const item of chosen) {
      const truth = truthOf(item, frame);
      if (truth === undefined) continue;
      rows.push(contextRow(item, chosen));
      labels.push(truth ? 1 : 0);
    }
  }
  return casesOf(Object.keys(CONTEXT_FEATURES), rows, labels);
}

const casesOf = (
  features: readonly string[],
  rows: readonly Float64Array[],
  labels: readonly number[],
  weights: readonly number[] = labels.map(() => 1),
): Cases => ({ features, rows, labels: Uint8Array.from(labels), weights: Float64Array.from(weights) });
