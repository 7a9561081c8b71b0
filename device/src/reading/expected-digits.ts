import { READER_NUMBERS } from '../numbers/index.js';
import { gaps } from '../vision/index.js';
import { areOfSameInk } from './choose-hypotheses.js';
import { chooseExpected, type Expectation, type Slot } from './expect/index.js';
import type { JudgedHypothesis } from './judgement/judgement.js';
import { orderRows } from './order-rows.js';

/** The reading of the expected form. */
export interface ExpectedDigits {
  /** In reading order, with the probability that the expectation leaves each; empty where the form is not likely. */
  readonly rows: readonly (readonly JudgedHypothesis[])[];
  /** What holds the reading back where the form is not likely: the digits of its likeliest hypothesis. */
  readonly doubts: readonly JudgedHypothesis[];
  /** Of the likeliest hypothesis. */
  readonly probability: number;
}

/**
 * The digits of the likeliest hypothesis of the expected form.
 *
 * @param judged all that was seen, hypotheses of the same ink among them
 * @param minConfidence least probability of each digit at which they are read
 */
export function expectedDigits(
  judged: readonly JudgedHypothesis[],
  expectation: Expectation,
  minConfidence: number,
): ExpectedDigits {
  // Of what is less likely, not even the expectation makes a digit that is likely enough.
  const minOdds = minConfidence / (1 - minConfidence) / READER_NUMBERS.expectedOdds.value;
  const rows = rowsOf(judged.filter(({ probability }) => probability / (1 - probability) >= minOdds));
  const found = chooseExpected(rows.map(slotsOf), expectation);
  const read = (found?.rows ?? []).map(({ row, digits }) =>
    digits.map(({ slot, digit, probability }): JudgedHypothesis => ({ ...rows[row][slot], digit, probability })),
  );
  const digits = read.flat();
  const probability = found?.probability ?? 0;
  const isLikely = digits.length > 0 && digits.every((item) => item.probability >= minConfidence);
  if (isLikely) return { rows: read, doubts: [], probability };
  return { rows: [], doubts: probability >= READER_NUMBERS.expectedLikely.value ? digits : [], probability };
}

/**
 * Rows of all hypotheses, overlapping ones side by side. Those that are likely digits, none of them about the same ink,
 * say where the rows are; what overlaps one of them stands in its row, and what stands beside one joins it. The rest is of
 * no number.
 */
function rowsOf(judged: readonly JudgedHypothesis[]): JudgedHypothesis[][] {
  const apart: JudgedHypothesis[] = [];
  for (const item of [...judged].sort((a, b) => b.probability - a.probability)) {
    if (!apart.some((other) => areOfSameInk(item, other))) apart.push(item);
  }
  const likely = apart.filter(({ probability }) => probability >= READER_NUMBERS.expectedLikely.value);
  const certain = likely.length > 0 ? likely : apart;
  const placed = certain.map((item) => ({ item, box: item.candidate.box }));
  const rows = orderRows(placed).map((row) => row.map(({ item }) => item));
  for (const item of apart) {
    if (certain.includes(item)) continue;
    rows.find((row) => row.some((other) => certain.includes(other) && areSideBySide(item, other)))?.push(item);
  }
  for (const item of judged) {
    if (apart.includes(item)) continue;
    const touched = rows.filter((row) => row.some((other) => apart.includes(other) && areOfSameInk(item, other)));
    // What spans two rows is a digit of neither.
    if (touched.length === 1) touched[0].push(item);
  }
  return rows.map((row) => row.sort((a, b) => centre(a) - centre(b)));
}

/** Whether what is no likely digit by itself may be one of the same number as another: beside it, of about its height. */
function areSideBySide(
  { candidate: { box: a } }: JudgedHypothesis,
  { candidate: { box: b } }: JudgedHypothesis,
): boolean {
  const { besideHeightFactor, besideGap, besideOverlap } = READER_NUMBERS;
  const [higher, lower] = [Math.max(a.height, b.height), Math.min(a.height, b.height)];
  const { across, down } = gaps(a, b);
  return (
    higher <= besideHeightFactor.value * lower &&
    -down >= besideOverlap.value * lower &&
    across <= besideGap.value * higher
  );
}

const centre = ({ candidate: { box } }: JudgedHypothesis): number => box.x + box.width / 2;

function slotsOf(row: readonly JudgedHypothesis[]): Slot[] {
  return row.map((item) => {
    const { digitProbabilities, anyDigit } = item.classification;
    const own = logOddsOf(item.probability);
    const shareOf = (digit: number): number =>
      digit === item.digit ? 1 : Math.max(1e-9, digitProbabilities[digit] / anyDigit);
    return {
      digits: Array.from(digitProbabilities, (_, digit) => own + Math.log(shareOf(digit))),
      none: 0,
      conflicts: row.flatMap((other, index) => (other !== item && areOfSameInk(item, other) ? [index] : [])),
    };
  });
}

const logOddsOf = (probability: number): number =>
  Math.max(
    -READER_NUMBERS.expectedMaxLogOdds.value,
    Math.min(READER_NUMBERS.expectedMaxLogOdds.value, Math.log(probability / Math.max(1e-9, 1 - probability))),
  );
