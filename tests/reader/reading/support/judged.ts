import type { JudgedHypothesis } from '@inkcast/reader/reading';
import type { Box } from '@inkcast/reader/vision';

const NONE = 10;

interface Look {
  /** Probability of the digit by the classifier; the rest is that of another digit and of `none`. */
  readonly classifier?: number;
  readonly second?: { readonly digit: number; readonly confidence: number };
  /** Probability without the neighbours; default: the probability. */
  readonly logOdds?: number;
  readonly contrast?: number;
  readonly strokeWidth?: number;
}

/** That the ink of a box is `digit`, with this probability, seen as plain ink on paper unless `look` says otherwise. */
export function judged(digit: number, probability: number, box: Box, look: Look = {}): JudgedHypothesis {
  const { classifier = 0.98, second, contrast = 100, strokeWidth = 0.1 * box.height } = look;
  const anyDigit = classifier + (second?.confidence ?? 0);
  const probabilities = new Float64Array(NONE + 1);
  if (second !== undefined) probabilities[second.digit] = second.confidence;
  probabilities[digit] = classifier;
  probabilities[NONE] = 1 - anyDigit;
  const inkArea = 0.2 * box.width * box.height;
  const logits = new Float32Array(10).fill(-6);
  logits[digit] = 2;
  return {
    spot: { box, logits, digit, score: 2, scale: 1, octaves: 1, rival: -8 },
    candidate: {
      ...{ box, polarity: 'dark', scale: 1, contrast, strokeWidth, inkArea, inkMass: inkArea * contrast },
      ...{
        crop: new Uint8Array(784),
        surroundings: { standsOut: 0.8 * contrast, paper: 1, inkLeft: 0, inkRight: 0, inkAbove: 0, inkBelow: 0 },
        atEdge: false,
      },
    },
    classification: {
      label: anyDigit > 0.5 ? String(digit) : 'none',
      confidence: Math.max(classifier, 1 - anyDigit),
      digit,
      digitConfidence: classifier,
      anyDigit,
      probabilities,
      digitProbabilities: probabilities.slice(0, NONE),
    },
    verification: {
      digits: Array.from({ length: 10 }, (_, other) => (other === digit ? classifier : 0)),
      digit,
      printed: 0,
    },
    around: undefined,
    digit,
    logOdds: look.logOdds ?? Math.log(probability / (1 - probability)),
    probability,
  };
}

/** Boxes in one row, each 30 wide and 50 high, at these places. */
export const inRow = (lefts: readonly number[], y = 100, width = 30, height = 50): Box[] =>
  lefts.map((x) => ({ x, y, width, height }));
