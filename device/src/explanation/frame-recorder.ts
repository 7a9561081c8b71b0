import type { Spot, SpotMap } from '@inkcast/reader/inference';
import { READER_NUMBERS } from '@inkcast/reader/numbers';
import {
  areOfSameInk,
  type Classified,
  CONTEXT_FEATURES,
  contextRow,
  type Judged,
  type JudgedHypothesis,
  LOCAL_FEATURES,
  localRow,
  type ReadingObserver,
  type Rejection,
  type SymbolHypothesis,
} from '@inkcast/reader/reading';
import type { InkMap } from '@inkcast/reader/vision';
import { type HeatMap, heatMapsOf } from './heat-maps.js';

/** Why a digit was not read. */
export type Objection = Pick<Rejection, 'value' | 'limit'> & { readonly rule: Rejection['rule'] | 'overlap' };

/** A candidate with the decision on it. */
export interface TracedCandidate {
  readonly hypothesis: Pick<SymbolHypothesis, 'candidate' | 'classification' | 'digit' | 'probability'>;
  /** Undefined if it was read. */
  readonly objection: Objection | undefined;
  /** The measured features, by name; none where a classifier alone decides. */
  readonly features: Readonly<Record<string, number>>;
}

/** Records how one frame is read. It is used only for explanations. */
export class FrameRecorder implements ReadingObserver {
  readonly #ink: InkMap[] = [];
  #heatMaps: readonly HeatMap[] = [];
  #spots: readonly Spot[] = [];
  #candidates: readonly TracedCandidate[] = [];

  /** The ink map around each spot. */
  get ink(): readonly InkMap[] {
    return this.#ink;
  }

  get heatMaps(): readonly HeatMap[] {
    return this.#heatMaps;
  }

  get spots(): readonly Spot[] {
    return this.#spots;
  }

  /** The digits that were read, in reading order, then the others, the likeliest first. */
  get candidates(): readonly TracedCandidate[] {
    return this.#candidates;
  }

  spotted(maps: readonly SpotMap[], spots: readonly Spot[]): void {
    this.#heatMaps = maps.flatMap(heatMapsOf);
    this.#spots = spots;
  }

  searched(ink: InkMap): void {
    this.#ink.push(ink);
  }

  decided(read: readonly JudgedHypothesis[], { chosen, others }: Judged, rejected: readonly Rejection[]): void {
    const traced = (hypothesis: JudgedHypothesis, objection?: Objection): TracedCandidate => ({
      hypothesis,
      objection,
      features: {
        ...named(LOCAL_FEATURES, localRow(hypothesis)),
        ...named(CONTEXT_FEATURES, contextRow(hypothesis, chosen)),
      },
    });
    const objectionTo = (item: JudgedHypothesis): Objection => {
      const rejection = rejected.find(({ box }) => box === item.candidate.box);
      if (rejection !== undefined) return rejection;
      // It was chosen, but a rival about the same ink fits the expected form.
      if (chosen.includes(item)) return { rule: 'form' };
      return overlapOf(item, chosen);
    };
    const left = [...chosen, ...others]
      .filter((item) => !read.some(({ spot }) => spot === item.spot))
      .sort((a, b) => b.probability - a.probability);
    this.#candidates = [...read.map((item) => traced(item)), ...left.map((item) => traced(item, objectionTo(item)))];
  }

  classified(read: readonly SymbolHypothesis[], { chosen, others }: Classified, rejected: readonly Rejection[]): void {
    const objectionTo = (item: SymbolHypothesis): Objection => {
      const { probability: value } = item;
      const limit = READER_NUMBERS.symbolMinConfidence.value;
      const rejection = rejected.find(({ box }) => box === item.candidate.box);
      return rejection ?? (chosen.includes(item) ? { rule: 'classifier', value, limit } : overlapOf(item, chosen));
    };
    const left = [...chosen, ...others]
      .filter((item) => !read.includes(item))
      .sort((a, b) => b.probability - a.probability);
    this.#candidates = [
      ...read.map((hypothesis) => ({ hypothesis, objection: undefined, features: {} })),
      ...left.map((hypothesis) => ({ hypothesis, objection: objectionTo(hypothesis), features: {} })),
    ];
  }
}

type Weighed = Pick<SymbolHypothesis, 'candidate' | 'logOdds'>;

/** Others about the same ink are likelier together. */
function overlapOf(item: Weighed, chosen: readonly Weighed[]): Objection {
  const winners = chosen.filter((other) => areOfSameInk(item, other));
  return { rule: 'overlap', value: item.logOdds, limit: winners.reduce((sum, { logOdds }) => sum + logOdds, 0) };
}

const named = (features: object, row: Float64Array): Record<string, number> =>
  Object.fromEntries(Object.keys(features).map((name, index) => [name, row[index]]));
