import type { Box, Objection } from '../vision/index.js';
import { clearestViews, conflict, type ScoredCandidate } from './choose-candidates.js';
import { chooseExpected, type Expectation, type Slot } from './expect/index.js';
import type { Judgement, Refused } from './judge-digits.js';
import { orderRows } from './order-rows.js';
import { areSideBySide, type SideBySide } from './side-by-side.js';

/** What is less likely a digit is never read, whatever is expected. */
const MIN_PROBABILITY = 0.05;
/** Closer to 0 and 1 than this, probabilities are a matter of rounding: the digit is as good as sure. */
const MAX_LOG_ODDS = 6;
/** From this probability on something is likelier than not. */
const LIKELY = 0.5;
/** Least probability of each digit at which the expected digits are read. */
const MIN_CONFIDENCE = 0.9;

/** What is no likely digit by itself may be one beside a digit of about its height, at most one more digit's place away. */
const BESIDE: SideBySide = { heightFactor: 2, gap: 1.5, overlap: 0.5 };

/** A digit of a row. */
interface Placed {
  readonly item: ScoredCandidate;
  readonly box: Box;
  /** As the expectation leaves it. */
  readonly confidence: number;
}

interface ExpectedDigits extends Judgement {
  /** The accepted ones, in reading order. */
  readonly rows: readonly (readonly Placed[])[];
  /** What holds the reading back: all that would have been read, where no hypothesis of the form is likely. */
  readonly doubts: readonly ScoredCandidate[];
}

/**
 * The digits of the likeliest hypothesis of the expected form, in the place of those that were judged to be digits each by
 * itself. Where one of them is not likely enough, none is read, and all are in doubt.
 *
 * @param probabilityOf that a candidate is a digit of the writing, whichever
 */
export function expectedDigits(
  scored: readonly ScoredCandidate[],
  judged: Judgement,
  probabilityOf: (item: ScoredCandidate) => number,
  expectation: Expectation,
): ExpectedDigits {
  const rows = rowsOf(clearestViews(scored.filter((item) => probabilityOf(item) >= MIN_PROBABILITY)), (item) =>
    logOddsOf(probabilityOf(item)),
  );
  const found = chooseExpected(
    rows.map((row) => slotsOf(row, (item) => logOddsOf(probabilityOf(item)))),
    expectation,
  );
  const read = (found?.rows ?? []).map(({ row, digits }) =>
    digits.map(({ slot, probability }): Placed => {
      const item = rows[row][slot];
      return { item, box: item.candidate.box, confidence: probability };
    }),
  );
  const digits = read.flat().map(({ item }) => item);
  const isLikely = digits.length > 0 && read.flat().every(({ confidence }) => confidence >= MIN_CONFIDENCE);
  if (isLikely) {
    const left = judged.accepted.filter((item) => !isAmong(digits, item));
    return {
      accepted: digits,
      rows: read,
      refused: [...without(judged.refused, digits), ...left.map(unexpected({ rule: 'form' }))],
      doubts: [],
    };
  }
  const likeliest = found !== undefined && found.probability >= LIKELY ? digits : [];
  const doubts = [...likeliest, ...judged.accepted.filter((item) => !isAmong(likeliest, item))];
  return {
    accepted: [],
    rows: [],
    refused: [
      ...without(judged.refused, likeliest),
      ...doubts.map(unexpected({ rule: 'form', value: found?.probability ?? 0, limit: MIN_CONFIDENCE })),
    ],
    doubts,
  };
}

/** Whether something is about the same ink as one of `digits`. */
const isAmong = (digits: readonly ScoredCandidate[], { candidate }: ScoredCandidate): boolean =>
  digits.some((digit) => conflict(digit.candidate, candidate));

const without = (refused: readonly Refused[], digits: readonly ScoredCandidate[]): Refused[] =>
  refused.filter(({ item }) => !isAmong(digits, item));

const unexpected =
  (objection: Objection) =>
  (item: ScoredCandidate): Refused => ({ item, reason: 'unexpected', objection });

/**
 * Rows of all candidates, overlapping ones side by side. Those that are likely digits, none of them about the same ink,
 * say where the rows are; what overlaps one of them stands in its row, and what stands beside one joins it. The rest is of
 * no number.
 */
function rowsOf(
  candidates: readonly ScoredCandidate[],
  logOdds: (item: ScoredCandidate) => number,
): ScoredCandidate[][] {
  const apart: ScoredCandidate[] = [];
  for (const item of [...candidates].sort((a, b) => logOdds(b) - logOdds(a))) {
    if (!apart.some((other) => conflict(item.candidate, other.candidate))) apart.push(item);
  }
  const likely = apart.filter((item) => logOdds(item) >= 0);
  const certain = likely.length > 0 ? likely : apart;
  const placed = certain.map((item) => ({ item, box: item.candidate.box }));
  const rows = orderRows(placed).map((row) => row.map(({ item }) => item));
  for (const item of apart) {
    if (certain.includes(item)) continue;
    const isBeside = (other: ScoredCandidate): boolean =>
      areSideBySide(item.candidate.box, other.candidate.box, BESIDE);
    rows.find((row) => row.some((other) => certain.includes(other) && isBeside(other)))?.push(item);
  }
  for (const item of candidates) {
    if (apart.includes(item)) continue;
    const touched = rows.map((row) =>
      row.filter((other) => apart.includes(other) && conflict(item.candidate, other.candidate)),
    );
    const most = touched.filter((others) => others.length > 0);
    // What spans two rows is a digit of neither.
    if (most.length === 1) rows[touched.indexOf(most[0])].push(item);
  }
  return rows.map((row) => row.sort((a, b) => centre(a) - centre(b)));
}

const centre = ({ candidate: { box } }: ScoredCandidate): number => box.x + box.width / 2;

function slotsOf(row: readonly ScoredCandidate[], logOdds: (item: ScoredCandidate) => number): Slot[] {
  return row.map((item) => {
    const { digitProbabilities, anyDigit } = item.classification;
    const rivals = row.filter((other) => other !== item && conflict(item.candidate, other.candidate));
    const own = logOdds(item);
    // As where nothing is expected, evidence is weighed by ink: a loop of an 8 is no rival of the whole.
    const larger = rivals.filter((other) => logOdds(other) > 0).map(({ candidate }) => candidate.inkMass);
    const share = item.candidate.inkMass / Math.max(item.candidate.inkMass, ...larger);
    const weighed = own > 0 ? own * share : own;
    return {
      digits: Array.from(
        digitProbabilities,
        (probability) => weighed + Math.log(Math.max(1e-9, probability / anyDigit)),
      ),
      none: 0,
      conflicts: rivals.map((other) => row.indexOf(other)),
    };
  });
}

const logOddsOf = (probability: number): number =>
  Math.max(-MAX_LOG_ODDS, Math.min(MAX_LOG_ODDS, Math.log(probability / Math.max(1e-9, 1 - probability))));
