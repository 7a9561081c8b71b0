import type { Bundle } from '@inkcast/shared/bundle/content';
import { InkError } from '@inkcast/shared/errors';
import { type BoostedTrees, type Judgement, logOddsOf, probabilityOf } from '@inkcast/shared/judgement';
import { CONTEXT_FEATURES, companyOf } from './context-features.js';
import type { Hypothesis, WeighedHypothesis } from './hypothesis.js';
import { LOCAL_FEATURES } from './local-features.js';

/** A chosen hypothesis with its probability, computed from its own place and its neighbours. */
export interface JudgedHypothesis extends WeighedHypothesis {
  readonly probability: number;
}

/** All hypotheses of a frame with their probabilities. */
export interface Judged {
  /** The likeliest set that uses no ink twice. */
  readonly chosen: readonly JudgedHypothesis[];
  /** The rivals of the chosen ones. */
  readonly others: readonly JudgedHypothesis[];
}

/** The local features in the order of their names. */
export const localRow = (hypothesis: Hypothesis): Float64Array =>
  Float64Array.from(Object.values(LOCAL_FEATURES), (measure) => measure(hypothesis));

export const contextRow = (own: WeighedHypothesis, chosen: readonly WeighedHypothesis[]): Float64Array => {
  const company = companyOf(own, chosen);
  return Float64Array.from(Object.values(CONTEXT_FEATURES), (measure) => measure(company));
};

/** Weighs the hypotheses of each place by local features and keeps the likeliest. */
export function weighPlaces(
  { local }: Pick<Judgement, 'local'>,
  places: readonly (readonly Hypothesis[])[],
): WeighedHypothesis[] {
  return places.flatMap((hypotheses) => {
    const weighed = hypotheses.map((hypothesis) => ({
      ...hypothesis,
      logOdds: logOddsOf(local, localRow(hypothesis)),
    }));
    return weighed.length === 0 ? [] : [weighed.reduce((a, b) => (b.logOdds > a.logOdds ? b : a))];
  });
}

/** Judges hypotheses with the chosen ones as their neighbours. */
export function judge(
  { context }: Pick<Judgement, 'context'>,
  weighed: readonly WeighedHypothesis[],
  chosen: readonly WeighedHypothesis[],
): JudgedHypothesis[] {
  return weighed.map((own) => ({ ...own, probability: probabilityOf(logOddsOf(context, contextRow(own, chosen))) }));
}

/**
 * The judgement of a bundle.
 *
 * @throws InkError INK_BUNDLE_INVALID if the bundle has no judgement, or one that was fitted to other features than
 * this reader measures
 */
export function judgementOf({ folder, judgement }: Pick<Bundle, 'folder' | 'judgement'>): Judgement {
  const refused = (reason: string): InkError =>
    new InkError('INK_BUNDLE_INVALID', `The bundle ${folder} is refused: ${reason}.`);
  if (judgement === undefined) throw refused('it has a spotter and no judgement');
  const fits = ({ features }: BoostedTrees, known: object): boolean => features.join() === Object.keys(known).join();
  if (!fits(judgement.local, LOCAL_FEATURES) || !fits(judgement.context, CONTEXT_FEATURES)) {
    throw refused('its judgement was fitted to other features than this version measures');
  }
  return judgement;
}
