import { NONE } from '../inference/index.js';
import type { Box } from '../vision/index.js';
import { inkMass, type ScoredCandidate } from './choose-candidates.js';
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
const FAINTEST = 0.4;
/** A box as high or wide as this share of the frame, and narrow, is a line that goes on outside of it. */
const SPANNING = 0.97;
const NARROW = 0.25;

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
  const sure = keep(chosen, 'uncertain', (item) => item.classification.digitConfidence >= leastConfidence(item));
  const inside = keep(sure, 'unlike-handwriting', ({ candidate }) => !spans(candidate.box, frame));
  const usual = usualContrast(inside);
  const strong = keep(inside, 'unlike-handwriting', ({ candidate }) => candidate.contrast >= FAINTEST * usual);
  const letters = others.filter(({ classification }) => classification.label === NONE);
  const read = takenForLetters(
    strong.map(({ candidate, classification }) => ({ box: candidate.box, digit: classification.digit })),
    letters.map(({ candidate }) => candidate.box),
  );
  const accepted = keep(strong, 'among-letters', ({ candidate }) => !read.has(candidate.box));
  return { accepted, refused };
}

function leastConfidence({ candidate: { surroundings, contrast } }: ScoredCandidate): number {
  const { paper, standsOut, atEdge } = surroundings;
  const doubtful = paper < PLAIN_PAPER || standsOut < PLAIN_STANDING_OUT * contrast || atEdge;
  return doubtful ? LEAST_DOUBTFUL_CONFIDENCE : LEAST_CONFIDENCE;
}

function spans({ width, height }: Box, frame: { readonly width: number; readonly height: number }): boolean {
  const narrow = Math.min(width, height) < NARROW * Math.max(width, height);
  return narrow && (width >= SPANNING * frame.width || height >= SPANNING * frame.height);
}

/** Contrast of the digits, the median over their ink: one bright speck does not make all of them faint. */
function usualContrast(digits: readonly ScoredCandidate[]): number {
  const byContrast = digits.map(({ candidate }) => candidate).sort((a, b) => a.contrast - b.contrast);
  let left = byContrast.reduce((sum, candidate) => sum + inkMass(candidate), 0) / 2;
  for (const candidate of byContrast) {
    left -= inkMass(candidate);
    if (left <= 0) return candidate.contrast;
  }
  return 0;
}
