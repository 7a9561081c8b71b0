import { NONE } from '../inference/index.js';
import type { Box } from '../vision/index.js';
import { meanContrast, type ScoredCandidate } from './choose-candidates.js';
import { takenForLetters } from './letters.js';
import type { RejectionReason } from './reading.js';

/** Least probability at which a digit is read. */
const LEAST_CONFIDENCE = 0.7;
/** The same where the surroundings speak against it. */
const LEAST_DOUBTFUL_CONFIDENCE = 0.95;
/** Less paper around it, or ink that stands out by less than this share of its contrast, is doubtful. */
const PLAIN_PAPER = 0.9;
const PLAIN_STANDING_OUT = 0.55;
/** Ink fainter than this share of the other digits' is what shows through, a ruled line, or dirt. */
const FAINTEST = 0.25;
/** A box as high or wide as this share of the frame, and narrow, is a line that goes on outside of it. */
const SPANNING = 0.97;
const NARROW = 0.33;

/** A candidate that is no digit after all. */
export interface Refused {
  readonly item: ScoredCandidate;
  readonly reason: RejectionReason;
}

export interface Judgement {
  readonly accepted: readonly ScoredCandidate[];
  readonly refused: readonly Refused[];
}

/**
 * Holds the chosen candidates against what a classifier does not see: what lies around each, and whether they look as if
 * one hand had written them.
 *
 * @param chosen no two of them about the same ink
 * @param others places that are taken for no digit, which may be the letters of a text
 * @param frame size of the frame in pixels
 */
export function judgeDigits(
  chosen: readonly ScoredCandidate[],
  others: readonly ScoredCandidate[],
  frame: { readonly width: number; readonly height: number },
): Judgement {
  const refused: Refused[] = [];
  const keep = (items: readonly ScoredCandidate[], reason: RejectionReason, test: (item: ScoredCandidate) => boolean) =>
    items.filter((item) => {
      const kept = test(item);
      if (!kept) refused.push({ item, reason });
      return kept;
    });
  const sure = keep(chosen, 'uncertain', ({ classification }) => classification.digitConfidence >= LEAST_CONFIDENCE);
  const doubtful = refused.map(({ item }) => item);
  const plausible = keep(
    sure,
    'unlike-handwriting',
    (item) => suitsItsPlace(item) && !isBorder(item.candidate.box, frame),
  );
  const faintest = FAINTEST * usualContrast(plausible);
  const isStrong = ({ candidate }: ScoredCandidate): boolean => meanContrast(candidate) >= faintest;
  const strong = keep(plausible, 'unlike-handwriting', isStrong);
  const none = others.filter(({ classification }) => classification.label === NONE);
  // A letter that resembles a digit is seldom sure to be one.
  const letters = [...none, ...doubtful].filter(isStrong);
  const text = takenForLetters(
    strong.map(({ candidate, classification }) => ({ box: candidate.box, digit: classification.digit })),
    letters.map(({ candidate }) => candidate.box),
  );
  const accepted = keep(strong, 'among-letters', ({ candidate }) => !text.has(candidate.box));
  return { accepted, refused };
}

/** A single stroke is the least that a digit can be, and there are many outside of writing. */
function suitsItsPlace({ candidate: { surroundings, contrast }, classification }: ScoredCandidate): boolean {
  const { paper, standsOut, atEdge } = surroundings;
  const plain = paper >= PLAIN_PAPER && standsOut >= PLAIN_STANDING_OUT * contrast;
  if (plain && !atEdge) return true;
  return (plain || classification.digit !== 1) && classification.digitConfidence >= LEAST_DOUBTFUL_CONFIDENCE;
}

/** Whether a box is a line that goes on outside of the frame, or lies along its edge. */
function isBorder({ x, y, width, height }: Box, frame: { readonly width: number; readonly height: number }): boolean {
  const upright = width < NARROW * height;
  const lying = height < NARROW * width;
  if (upright) return height >= SPANNING * frame.height || x <= 1 || x + width >= frame.width - 1;
  return lying && (width >= SPANNING * frame.width || y <= 1 || y + height >= frame.height - 1);
}

/** Contrast of the digits, the median over their ink: one bright speck does not make all of them faint. */
function usualContrast(digits: readonly ScoredCandidate[]): number {
  const candidates = digits.map(({ candidate }) => candidate);
  const byContrast = candidates.sort((a, b) => meanContrast(a) - meanContrast(b));
  let left = byContrast.reduce((sum, { inkMass }) => sum + inkMass, 0) / 2;
  for (const candidate of byContrast) {
    left -= candidate.inkMass;
    if (left <= 0) return meanContrast(candidate);
  }
  return 0;
}
