import { READER_NUMBERS } from '../numbers/index.js';
import { gaps } from '../vision/index.js';
import { areOfSameInk } from './choose-hypotheses.js';
import { chooseExpected, type Expectation, type Slot } from './expect/index.js';
import type { JudgedHypothesis } from './judgement/judgement.js';
import { orderRows } from './order-rows.js';

/** The reading in the expected form. */
export interface ExpectedDigits {
  /** In reading order, each digit with its probability under the expectation. Empty if the form is not likely. */
  readonly rows: readonly (readonly JudgedHypothesis[])[];
  /** The digits of the likeliest hypothesis of the form, if the form is not likely enough to be read. */
  readonly doubts: readonly JudgedHypothesis[];
  /** Probability of the likeliest hypothesis. */
  readonly probability: number;
}

/**
 * The digits of the likeliest hypothesis of the expected form.
 *
 * @param judged everything that was seen, including rival hypotheses about the same ink
 * @param minConfidence minimum probability at which a digit is read
 */
export function expectedDigits(
  judged: readonly JudgedHypothesis[],
  expectation: Expectation,
  minConfidence: number,
): ExpectedDigits {
  // A less likely digit stays below the minimum even with the expectation's odds.
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
 * Sorts all hypotheses into rows, rivals side by side. The likely digits, without rivals, define the rows. A hypothesis
 * that overlaps one of them joins its row, and so does one beside a digit of the row. All others are left out.
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
    // A hypothesis that touches two rows is a digit of neither.
    if (touched.length === 1) touched[0].push(item);
  }
  return rows.map((row) => row.sort((a, b) => centre(a) - centre(b)));
}

/**
 * Whether an unlikely digit may belong to the same number as another one: it stands beside it and has about its height.
 */
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
