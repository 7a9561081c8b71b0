import { areWithin, type Box, gaps, type Objection } from '../vision/index.js';
import { meanContrast, type ScoredCandidate } from './choose-candidates.js';
import { takenForLetters } from './letters.js';
import { confidenceInNumber, mayBeOfNumber } from './one-number.js';
import type { RejectionReason } from './reading.js';

/** Least probability at which a digit is read. */
const LEAST_CONFIDENCE = 0.9;
/** The same where the surroundings speak against it. */
const LEAST_DOUBTFUL_CONFIDENCE = 0.99;
/** Less paper around it, or ink that stands out by less than this share of its contrast, is doubtful. */
const PLAIN_PAPER = 0.9;
const PLAIN_STANDING_OUT = 0.55;
/** Strokes wider than this share of the digit's longer side are doubtful too, unless a digit nearby has the same pen. */
const PLAIN_STROKE = 0.18;
/** Strokes of one pen are as wide within this factor. */
const SAME_PEN = 1.35;
/** Least probability of a digit that stands alone. */
const LEAST_LONELY_CONFIDENCE = 0.93;
/** Digits keep company where their heights are within this factor and their gap within so many heights. */
const COMPANY_FACTOR = 1.8;
const COMPANY_GAP = 4;
/** A 0 at least this wide for its height is a ring unless it stands beside other digits; with thick strokes, sooner. */
const ROUND = 1.05;
const THICK_ROUND = 0.93;
const THICK_RING = 0.1;
/** Where all around it lies nothing but paper, and its ink stands out by nearly all of its contrast, someone wrote it. */
const CLEAN_PAPER = 0.99;
const CLEAN_STANDING_OUT = 0.9;
/** Writing has this share of paper around it, a single stroke the second, or stands beside writing that has. */
const WRITTEN_ON_PAPER = 0.98;
const STROKE_ON_PAPER = 0.995;
/** Ink fainter than this share of the other digits' is what shows through, a ruled line, or dirt. */
const FAINTEST = 0.25;
/** A digit right above or below another of so many times its height is a stroke of that one which broke off. */
const BROKEN_OFF_FACTOR = 1.6;
/** The same for one beside it. */
const BROKEN_OFF_BESIDE_FACTOR = 2.5;
/** Largest gap between the two against the higher one's height, and least share of the lower one's side they share. */
const BROKEN_OFF_GAP = 0.08;
const BROKEN_OFF_SHARE = 0.6;
/** A box as high or wide as this share of the frame, and narrow, is a line that goes on outside of it. */
const SPANNING = 0.97;
const NARROW = 0.33;

/** A candidate that is no digit after all. */
export interface Refused {
  readonly item: ScoredCandidate;
  readonly reason: RejectionReason;
  readonly objection: Objection;
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
  const keep = (
    items: readonly ScoredCandidate[],
    reason: RejectionReason,
    objection: (item: ScoredCandidate) => Objection,
    test: (item: ScoredCandidate) => boolean,
  ) =>
    items.filter((item) => {
      const kept = test(item);
      if (!kept) refused.push({ item, reason, objection: objection(item) });
      return kept;
    });
  const surest = chosen.filter(isSure);
  const sure = keep(chosen, 'uncertain', unsure, (item) => isSure(item) || isDigitOfNumber(item, surest));
  const doubtful = refused.map(({ item }) => item);
  const within = keep(sure, 'unlike-handwriting', named('border'), ({ candidate }) => !isBorder(candidate.box, frame));
  const plausible = keep(within, 'unlike-handwriting', named('place'), (item) => suitsItsPlace(item, sure));
  const faintest = FAINTEST * usualContrast(plausible);
  const isStrong = ({ candidate }: ScoredCandidate): boolean => meanContrast(candidate) >= faintest;
  const faint = ({ candidate }: ScoredCandidate): Objection => ({
    rule: 'faint',
    value: meanContrast(candidate),
    limit: faintest,
  });
  const strong = keep(plausible, 'unlike-handwriting', faint, isStrong);
  const whole = keep(strong, 'unlike-handwriting', named('broken-off'), (item) => !isBrokenOff(item, strong));
  const onPaper = whole.filter(isOnPaper);
  const placed = keep(whole, 'unlike-handwriting', named('company'), (item) =>
    isOnPaper(item) ? isBelievableAlone(item) || hasCompany(item, whole) : hasCompany(item, onPaper),
  );
  // A letter that resembles a digit is seldom sure to be one, or stands where no digit would.
  const misplaced = [...without(within, plausible), ...without(whole, placed)];
  const letters = [...others, ...doubtful, ...misplaced].filter(isStrong);
  const text = takenForLetters(
    placed.map(({ candidate, classification }) => ({ box: candidate.box, digit: classification.digit })),
    letters.map(({ candidate }) => candidate.box),
  );
  const accepted = keep(placed, 'among-letters', named('letters'), ({ candidate }) => !text.has(candidate.box));
  return { accepted, refused };
}

const without = <T>(all: readonly T[], kept: readonly T[]): T[] => all.filter((item) => !kept.includes(item));

const named = (rule: string) => (): Objection => ({ rule });

const unsure = ({ classification }: ScoredCandidate): Objection => ({
  rule: 'confidence',
  value: classification.digitConfidence,
  limit: LEAST_CONFIDENCE,
});

const isSure = ({ classification }: ScoredCandidate): boolean => classification.digitConfidence >= LEAST_CONFIDENCE;

/** Which digit it is must be plain all the same; what a number says is only that it is one. */
function isDigitOfNumber(item: ScoredCandidate, digits: readonly ScoredCandidate[]): boolean {
  const confidence = confidenceInNumber(item.classification);
  return confidence >= LEAST_CONFIDENCE && digits.some((other) => mayBeOfNumber(item, other));
}

/** A single stroke is the least that a digit can be, and there are many outside of writing. */
function suitsItsPlace(item: ScoredCandidate, digits: readonly ScoredCandidate[]): boolean {
  const { candidate, classification } = item;
  const { surroundings, contrast } = candidate;
  const { paper, standsOut, atEdge } = surroundings;
  const isPen = isThin(item) || digits.some((other) => isThin(other) && isSamePen(item, other));
  const plain = paper >= PLAIN_PAPER && standsOut >= PLAIN_STANDING_OUT * contrast && isPen;
  if (plain && !atEdge) return true;
  return (plain || classification.digit !== 1) && classification.digitConfidence >= LEAST_DOUBTFUL_CONFIDENCE;
}

const isThin = ({ candidate: { strokeWidth, box } }: ScoredCandidate): boolean =>
  strokeWidth <= PLAIN_STROKE * Math.max(box.width, box.height);

function isSamePen(one: ScoredCandidate, other: ScoredCandidate): boolean {
  return areWithin(SAME_PEN, one.candidate.strokeWidth, other.candidate.strokeWidth) && hasCompany(one, [other]);
}

const isOnPaper = ({ candidate, classification }: ScoredCandidate): boolean =>
  candidate.surroundings.paper >= (classification.digit === 1 ? STROKE_ON_PAPER : WRITTEN_ON_PAPER);

/** Rings in a scene, and what the classifier is not so sure of, are digits only where others stand beside them. */
function isBelievableAlone({ candidate, classification: { digit, digitConfidence } }: ScoredCandidate): boolean {
  const { width, height } = candidate.box;
  const { paper, standsOut, atEdge } = candidate.surroundings;
  const isWritten = !atEdge && paper >= CLEAN_PAPER && standsOut >= CLEAN_STANDING_OUT * candidate.contrast;
  const round = candidate.strokeWidth > THICK_RING * height ? THICK_ROUND : ROUND;
  const isRing = digit === 0 && width >= round * height && !isWritten;
  return !isRing && digitConfidence >= LEAST_LONELY_CONFIDENCE;
}

function hasCompany(item: ScoredCandidate, digits: readonly ScoredCandidate[]): boolean {
  const { box } = item.candidate;
  return digits.some(({ candidate: { box: other } }) => {
    const { across, down } = gaps(box, other);
    const isNear = Math.max(across, down) <= COMPANY_GAP * Math.max(box.height, other.height);
    return other !== box && isNear && areWithin(COMPANY_FACTOR, box.height, other.height);
  });
}

/** Digits keep apart; what nearly touches a much higher one is that one's own broken stroke. */
function isBrokenOff({ candidate: { box } }: ScoredCandidate, digits: readonly ScoredCandidate[]): boolean {
  return digits.some(({ candidate: { box: other } }) => {
    const { across, down } = gaps(box, other);
    const gap = BROKEN_OFF_GAP * other.height;
    const isStacked = down <= gap && -across >= BROKEN_OFF_SHARE * box.width;
    const isBeside = across <= gap && -down >= BROKEN_OFF_SHARE * box.height;
    return (
      (isStacked && other.height >= BROKEN_OFF_FACTOR * box.height) ||
      (isBeside && other.height >= BROKEN_OFF_BESIDE_FACTOR * box.height)
    );
  });
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
