import type { Verification } from '../../inference/index.js';
import { READER_NUMBERS } from '../../numbers/index.js';
import { gaps, middle } from '../../vision/index.js';
import { areOfSameInk } from '../choose-hypotheses.js';
import type { WeighedHypothesis } from './hypothesis.js';
import { logOdds } from './log-odds.js';

/** A hypothesis among the others of its frame. */
export interface Company {
  readonly own: WeighedHypothesis;
  /** All other chosen hypotheses. */
  readonly others: readonly WeighedHypothesis[];
  /** The likely ones among `others`. */
  readonly likely: readonly WeighedHypothesis[];
  readonly left: WeighedHypothesis | undefined;
  readonly right: WeighedHypothesis | undefined;
  /** The nearest hypothesis above or below. */
  readonly stacked: WeighedHypothesis | undefined;
  /**
   * Hypotheses within a few heights and of about the same height: the likely ones and the unlikely ones, which may be
   * letters.
   */
  readonly near: readonly WeighedHypothesis[];
}

const heightOf = ({ candidate }: WeighedHypothesis): number => candidate.box.height;
const contrastOf = ({ candidate }: WeighedHypothesis): number => candidate.inkMass / candidate.inkArea;
const logRatio = (a: number, b: number): number => Math.log(Math.max(1e-3, a) / Math.max(1e-3, b));

/** Features that describe the neighbours of a hypothesis, by name. */
export const CONTEXT_FEATURES = {
  logOdds: ({ own }) => own.logOdds,
  leftLogOdds: ({ left }) => left?.logOdds ?? READER_NUMBERS.nobodyLogOdds.value,
  leftGap: ({ own, left }) => gapTo(own, left),
  leftHeight: ({ own, left }) => ratioTo(own, left, heightOf),
  leftContrast: ({ own, left }) => ratioTo(own, left, contrastOf),
  rightLogOdds: ({ right }) => right?.logOdds ?? READER_NUMBERS.nobodyLogOdds.value,
  rightGap: ({ own, right }) => gapTo(own, right),
  rightHeight: ({ own, right }) => ratioTo(own, right, heightOf),
  rightContrast: ({ own, right }) => ratioTo(own, right, contrastOf),
  stackedLogOdds: ({ stacked }) => stacked?.logOdds ?? READER_NUMBERS.nobodyLogOdds.value,
  stackedHeight: ({ own, stacked }) => ratioTo(own, stacked, heightOf),
  likelyCount: ({ likely }) => Math.log1p(likely.length),
  likeliest: ({ others }) => Math.max(READER_NUMBERS.nobodyLogOdds.value, ...others.map(({ logOdds }) => logOdds)),
  usualHeight: ({ own, likely }) => ratioToMedian(own, likely, heightOf),
  strongestContrast: ({ own, likely }) =>
    logRatio(contrastOf(own), Math.max(contrastOf(own), ...likely.map(contrastOf))),
  usualContrast: ({ own, likely }) => ratioToMedian(own, likely, contrastOf),
  usualStroke: ({ own, likely }) => ratioToMedian(own, likely, ({ candidate }) => candidate.strokeWidth),
  nearLikely: ({ near }) => near.filter(({ logOdds }) => logOdds > 0).length,
  nearUnlikely: ({ near }) => near.filter(({ logOdds }) => logOdds <= 0).length,
  /** How much the verifier takes neighbours of about the same height for handwritten digits, on average. */
  nearHandwritten: ({ near }) => meanVerified(near, ({ digits }) => digits.reduce((sum, share) => sum + share, 0)),
  /** How much it takes all others for digits in print: a neat hand has the shapes of print, but not its company. */
  othersPrinted: ({ others }) => meanVerified(others, ({ printed }) => printed),
  inkLeft: ({ own }) => own.candidate.surroundings.inkLeft,
  inkRight: ({ own }) => own.candidate.surroundings.inkRight,
  inkAbove: ({ own }) => own.candidate.surroundings.inkAbove,
  inkBelow: ({ own }) => own.candidate.surroundings.inkBelow,
  strokeShare: ({ own: { candidate } }) => candidate.strokeWidth / Math.max(candidate.box.width, candidate.box.height),
  paper: ({ own }) => own.candidate.surroundings.paper,
  digit: ({ own }) => own.digit,
} as const satisfies Record<string, (company: Company) => number>;

/** The neighbours of a hypothesis among the chosen ones. */
export function companyOf(own: WeighedHypothesis, chosen: readonly WeighedHypothesis[]): Company {
  const others = chosen.filter((other) => other.spot !== own.spot && !areOfSameInk(other, own));
  const inRow = others.filter((other) => {
    const { across, down } = gaps(own.candidate.box, other.candidate.box);
    const lower = Math.min(heightOf(own), heightOf(other));
    return (
      -down >= READER_NUMBERS.companyRowOverlap.value * lower &&
      across <= READER_NUMBERS.companyReach.value * heightOf(own)
    );
  });
  const stacked = others.filter((other) => {
    const { across, down } = gaps(own.candidate.box, other.candidate.box);
    return across < 0 && down <= READER_NUMBERS.companyReach.value * heightOf(own) && !inRow.includes(other);
  });
  const x = middle(own.candidate.box).x;
  const isLeft = (other: WeighedHypothesis): boolean => middle(other.candidate.box).x < x;
  return {
    own,
    others,
    likely: others.filter(({ logOdds }) => logOdds > 0),
    left: nearest(own, inRow.filter(isLeft), 'across'),
    right: nearest(
      own,
      inRow.filter((other) => !isLeft(other)),
      'across',
    ),
    stacked: nearest(own, stacked, 'down'),
    near: others.filter((other) => {
      const { across, down } = gaps(own.candidate.box, other.candidate.box);
      const isClose = Math.max(across, down) <= READER_NUMBERS.companyReach.value * heightOf(own);
      return (
        isClose &&
        Math.abs(logRatio(heightOf(own), heightOf(other))) < Math.log(READER_NUMBERS.companyHeightFactor.value)
      );
    }),
  };
}

function nearest(
  own: WeighedHypothesis,
  others: readonly WeighedHypothesis[],
  along: 'across' | 'down',
): WeighedHypothesis | undefined {
  let best: WeighedHypothesis | undefined;
  let least = Infinity;
  for (const other of others) {
    const gap = gaps(own.candidate.box, other.candidate.box)[along];
    if (gap >= least) continue;
    best = other;
    least = gap;
  }
  return best;
}

/** Log-odds of the mean of a probability of the verifier's. */
function meanVerified(
  hypotheses: readonly WeighedHypothesis[],
  measure: (verification: Verification) => number,
): number {
  if (hypotheses.length === 0) return READER_NUMBERS.nobodyLogOdds.value;
  const sum = hypotheses.reduce((total, { verification }) => total + (verification ? measure(verification) : 0), 0);
  return logOdds(sum / hypotheses.length);
}

function gapTo(own: WeighedHypothesis, other: WeighedHypothesis | undefined): number {
  if (other === undefined) return READER_NUMBERS.companyReach.value;
  return gaps(own.candidate.box, other.candidate.box).across / heightOf(own);
}

function ratioTo(
  own: WeighedHypothesis,
  other: WeighedHypothesis | undefined,
  measure: (hypothesis: WeighedHypothesis) => number,
): number {
  return other === undefined ? 0 : logRatio(measure(own), measure(other));
}

function ratioToMedian(
  own: WeighedHypothesis,
  others: readonly WeighedHypothesis[],
  measure: (hypothesis: WeighedHypothesis) => number,
): number {
  const values = others.map(measure).sort((a, b) => a - b);
  return values.length === 0 ? 0 : logRatio(measure(own), values[values.length >> 1]);
}
