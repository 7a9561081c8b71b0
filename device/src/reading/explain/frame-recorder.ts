import type { InkMap } from '../../vision/index.js';
import { type JudgedHypothesis, localRow } from '../judgement/judgement.js';
import { LOCAL_FEATURES } from '../judgement/local-features.js';
import type { Rejection } from '../reading.js';
import type { FrameTrace, TracedCandidate } from './frame-trace.js';

/** Records how one frame is read. A frame that nobody wants explained is read without one. */
export class FrameRecorder {
  readonly #ink: InkMap[] = [];
  #candidates: readonly TracedCandidate[] = [];

  searched(map: InkMap): void {
    this.#ink.push(map);
  }

  /**
   * What became of the hypotheses.
   *
   * @param rejected in the order of those of `chosen` that were not read
   */
  decided(
    read: readonly JudgedHypothesis[],
    chosen: readonly JudgedHypothesis[],
    rejected: readonly Rejection[],
  ): void {
    const others = [...chosen]
      .sort((a, b) => b.probability - a.probability)
      .filter((item) => !read.some((other) => other.spot === item.spot));
    this.#candidates = [
      ...read.map((item) => traced(item, undefined)),
      ...others.map((item) =>
        traced(
          item,
          rejected.find(({ box }) => box === item.candidate.box),
        ),
      ),
    ];
  }

  trace(): FrameTrace {
    return { ink: this.#ink, candidates: this.#candidates, heatMaps: [], spots: [] };
  }
}

function traced(item: JudgedHypothesis, rejection: Rejection | undefined): TracedCandidate {
  const { candidate, classification, logOdds, probability } = item;
  const { box, polarity, scale, crop } = candidate;
  const { probabilities, digit, digitConfidence } = classification;
  const row = localRow(item);
  const features = Object.keys(LOCAL_FEATURES).map((name, index): [string, number] => [name, row[index]]);
  const { rule, value, limit } = rejection ?? {};
  return {
    ...{ box, polarity, scale },
    outcome: rejection === undefined ? 'read' : 'rejected',
    features: { ...Object.fromEntries(features), logOdds, probability },
    classified: { crop, probabilities: [...probabilities], digit, digitConfidence },
    ...(rule === undefined ? {} : { rule }),
    ...(value === undefined ? {} : { value }),
    ...(limit === undefined ? {} : { limit }),
  };
}
