import { READER_NUMBERS } from '../../numbers/index.js';
import { iou } from '../../vision/index.js';
import type { Hypothesis } from './hypothesis.js';

const logOdds = (probability: number): number => {
  const bounded = Math.min(
    1 - READER_NUMBERS.minProbability.value,
    Math.max(READER_NUMBERS.minProbability.value, probability),
  );
  return Math.log(bounded / (1 - bounded));
};

/** What speaks for and against a hypothesis in its own place, by name. */
export const LOCAL_FEATURES = {
  /** Log-odds of the digit by the classifier. */
  classifierDigit: ({ classification, digit }) => logOdds(classification.digitProbabilities[digit]),
  /** Log-odds of any digit by the classifier. */
  classifierAnyDigit: ({ classification }) => logOdds(classification.anyDigit),
  /** Log-odds of the digit by the spotter. */
  spotterDigit: ({ spot, digit }) => spot.logits[digit],
  /** How far the spotter prefers the digit to the next one, or another one to it. */
  spotterMargin: ({ spot, digit }) =>
    spot.logits[digit] - Math.max(...spot.logits.filter((_, other) => other !== digit)),
  /** How far the spotter prefers this place to another one about the same ink. */
  spotterLead: ({ spot }) => spot.score - spot.rival,
  /** Octaves on which the spotter sees it. */
  octaves: ({ spot }) => spot.octaves,
  /** How much of the box that the spotter tells is the ink's own box: intersection over union. */
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
