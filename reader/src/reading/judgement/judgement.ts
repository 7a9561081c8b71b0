import type { Bundle } from '@inkcast/shared/bundle/content';
import { InkError } from '@inkcast/shared/errors';
import { type BoostedTrees, type Judgement, logOddsOf, probabilityOf } from '@inkcast/shared/judgement';
import { CONTEXT_FEATURES, type Company, companyOf } from './context-features.js';
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

type Measures<T> = Readonly<Record<string, (measured: T) => number>>;

const LOCAL: Measures<Hypothesis> = LOCAL_FEATURES;
const CONTEXT: Measures<Company> = CONTEXT_FEATURES;

/** Local features, in the order of their names. @param names default: all that there are */
export const localRow = (hypothesis: Hypothesis, names: readonly string[] = Object.keys(LOCAL)): Float64Array =>
  Float64Array.from(names, (name) => LOCAL[name](hypothesis));

/** Features of the company, in the order of their names. @param names default: all that there are */
export const contextRow = (
  own: WeighedHypothesis,
  chosen: readonly WeighedHypothesis[],
  names: readonly string[] = Object.keys(CONTEXT),
): Float64Array => {
  const company = companyOf(own, chosen);
  return Float64Array.from(names, (name) => CONTEXT[name](company));
};

/** Weighs the hypotheses of each place by local features and keeps the likeliest. */
export function weighPlaces(
  { local }: Pick<Judgement, 'local'>,
  places: readonly (readonly Hypothesis[])[],
): WeighedHypothesis[] {
  return places.flatMap((hypotheses) => {
    const weighed = hypotheses.map((hypothesis) => ({
      ...hypothesis,
      logOdds: logOddsOf(local, localRow(hypothesis, local.features)),
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
  return weighed.map((own) => ({
    ...own,
    probability: probabilityOf(logOddsOf(context, contextRow(own, chosen, context.features))),
  }));
}

/**
 * The judgement of a bundle. One of an earlier version may have been fitted to fewer features.
 *
 * @throws InkError INK_BUNDLE_INVALID if the bundle has no judgement, or one that was fitted to features that this reader
 * does not measure
 */
export function judgementOf({ folder, judgement }: Pick<Bundle, 'folder' | 'judgement'>): Judgement {
  const refused = (reason: string): InkError =>
    new InkError('INK_BUNDLE_INVALID', `The bundle ${folder} is refused: ${reason}.`);
  if (judgement === undefined) throw refused('it has a spotter and no judgement');
  const fits = ({ features }: BoostedTrees, known: object): boolean =>
    features.every((name) => Object.hasOwn(known, name));
  if (!fits(judgement.local, LOCAL_FEATURES) || !fits(judgement.context, CONTEXT_FEATURES)) {
    throw refused('its judgement was fitted to other features than this version measures');
  }
  return judgement;
}
