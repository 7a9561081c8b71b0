import type { InkMap, InkObserver, Objection, Proposal } from '../../vision/index.js';
import type { ScoredCandidate } from '../choose-candidates.js';
import type { FrameTrace, HeatMap, Outcome, Spot, TracedCandidate } from './frame-trace.js';

/** A candidate that was not read, and why. */
export interface PassedOver {
  readonly item: ScoredCandidate;
  readonly objection: Objection;
}

/** Records how one frame is read. A frame that nobody wants explained is read without one. */
export class FrameRecorder implements InkObserver {
  readonly #ink: InkMap[] = [];
  readonly #proposals = new Set<Proposal>();
  readonly #objections = new Map<Proposal, Objection>();
  readonly #scored = new Map<Proposal, ScoredCandidate>();
  readonly #read = new Set<ScoredCandidate>();
  readonly #passedOver = new Map<ScoredCandidate, Objection>();
  readonly #features = new Map<ScoredCandidate, Readonly<Record<string, number>>>();
  #heatMaps: readonly HeatMap[] = [];
  #spots: readonly Spot[] = [];

  searched(map: InkMap): void {
    this.#ink.push(map);
  }

  leftOut(proposal: Proposal, objection: Objection): void {
    this.#proposals.add(proposal);
    this.#objections.set(proposal, objection);
  }

  proposed(proposals: readonly Proposal[]): void {
    for (const proposal of proposals) this.#proposals.add(proposal);
  }

  scored(proposal: Proposal, item: ScoredCandidate): void {
    this.#scored.set(proposal, item);
  }

  /** What else was measured of a scored candidate, by name. */
  measured(item: ScoredCandidate, features: Readonly<Record<string, number>>): void {
    this.#features.set(item, features);
  }

  /** What a network saw that looks at the whole frame. */
  spotted(heatMaps: readonly HeatMap[], spots: readonly Spot[]): void {
    this.#heatMaps = heatMaps;
    this.#spots = spots;
  }

  /**
   * @param read in reading order
   * @param passedOver of two objections to one candidate the first counts
   */
  decided(read: readonly ScoredCandidate[], passedOver: readonly PassedOver[]): void {
    for (const item of read) this.#read.add(item);
    for (const { item, objection } of passedOver) {
      if (!this.#passedOver.has(item)) this.#passedOver.set(item, objection);
    }
  }

  trace(): FrameTrace {
    const byInk = [...this.#proposals].sort((a, b) => b.inkArea - a.inkArea);
    const candidates = byInk.map((proposal) => this.#candidate(proposal));
    const withOutcome = (wanted: Outcome) => candidates.filter(({ outcome }) => outcome === wanted);
    const place = new Map([...this.#read].map(({ candidate }, index) => [candidate.box, index]));
    const inOrder = ({ box }: TracedCandidate): number => place.get(box) ?? 0;
    const likeliest = ({ classified }: TracedCandidate): number => classified?.digitConfidence ?? -1;
    return {
      ink: this.#ink,
      candidates: [
        ...withOutcome('read').sort((a, b) => inOrder(a) - inOrder(b)),
        ...withOutcome('rejected').sort((a, b) => likeliest(b) - likeliest(a)),
        ...withOutcome('not-asked'),
      ],
      heatMaps: this.#heatMaps,
      spots: this.#spots,
    };
  }

  #candidate(proposal: Proposal): TracedCandidate {
    const { box, origin, polarity, scale, contrast, strokeWidth, inkArea } = proposal;
    const item = this.#scored.get(proposal);
    const about = { box, origin, polarity, scale };
    const ink = { contrast, strokeWidth, inkArea };
    if (item === undefined) {
      const objection = this.#objections.get(proposal);
      const outcome = objection === undefined ? 'not-asked' : 'rejected';
      return { ...about, outcome, features: ink, classified: undefined, ...objection };
    }
    const { paper, standsOut, atEdge } = item.candidate.surroundings;
    const { probabilities, digit, digitConfidence } = item.classification;
    return {
      ...about,
      outcome: this.#read.has(item) ? 'read' : 'rejected',
      features: { ...ink, paper, standsOut, atEdge: atEdge ? 1 : 0, ...this.#features.get(item) },
      classified: { crop: item.candidate.crop, probabilities: [...probabilities], digit, digitConfidence },
      ...this.#passedOver.get(item),
    };
  }
}
