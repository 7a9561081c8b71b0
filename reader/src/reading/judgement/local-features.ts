import type { Verification } from '../../inference/index.js';
import { iou } from '../../vision/index.js';
import type { Hypothesis } from './hypothesis.js';
import { logOdds } from './log-odds.js';

/** Log-odds of a probability of the verifier's; 0, which tells nothing, without one. */
const verified = ({ verification }: Hypothesis, measure: (verification: Verification) => number): number =>
  verification === undefined ? 0 : logOdds(measure(verification));

/** Features that describe a hypothesis in its own place, by name. */
export const LOCAL_FEATURES = {
  /** The classifier's log-odds of the digit. */
  classifierDigit: ({ classification, digit }) => logOdds(classification.digitProbabilities[digit]),
  /** The classifier's log-odds of any digit. */
  classifierAnyDigit: ({ classification }) => logOdds(classification.anyDigit),
  /** The spotter's log-odds of the digit. */
  spotterDigit: ({ spot, digit }) => spot.logits[digit],
  /** How much the spotter prefers the digit to its next choice. Negative if it prefers another digit. */
  spotterMargin: ({ spot, digit }) =>
    spot.logits[digit] - Math.max(...spot.logits.filter((_, other) => other !== digit)),
  /** How much the spotter prefers this place to the best rival place about the same ink. */
  spotterLead: ({ spot }) => spot.score - spot.rival,
  /** The verifier's log-odds of the digit in handwriting. */
  verifierDigit: (hypothesis) => verified(hypothesis, ({ digits }) => digits[hypothesis.digit]),
  /** The verifier's log-odds of any digit in handwriting. */
  verifierAnyDigit: (hypothesis) => verified(hypothesis, ({ digits }) => digits.reduce((sum, share) => sum + share, 0)),
  /** The verifier's log-odds of a digit in print. */
  verifierPrinted: (hypothesis) => verified(hypothesis, ({ printed }) => printed),
  /** Number of octaves on which the spotter sees the digit. */
  octaves: ({ spot }) => spot.octaves,
  /** Intersection over union of the spotter's box and the box of the ink. */
  spotterIou: ({ spot, candidate }) => iou(spot.box, candidate.box),
  digit: ({ digit }) => digit,
  aspect: ({ candidate: { box } }) => Math.log(box.width / box.height),
  strokeShare: ({ candidate: { strokeWidth, box } }) => strokeWidth / Math.max(box.width, box.height),
  inkShare: ({ candidate: { inkArea, box } }) => inkArea / (box.width * box.height),
  meanContrast: ({ candidate: { inkMass, inkArea, contrast } }) => inkMass / inkArea / contrast,
  standsOut: ({ candidate: { surroundings, contrast } }) => surroundings.standsOut / contrast,
  paper: ({ candidate }) => candidate.surroundings.paper,
  atEdge: ({ candidate }) => (candidate.atEdge ? 1 : 0),
  isLight: ({ candidate }) => (candidate.polarity === 'light' ? 1 : 0),
} as const satisfies Record<string, (hypothesis: Hypothesis) => number>;
