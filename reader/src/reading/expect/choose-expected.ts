import { READER_NUMBERS } from '../../numbers/index.js';
import type { Expectation, RowForm } from './expectation.js';
import { logSum, type RowHypotheses, rowHypotheses } from './row-hypotheses.js';
import type { FilledSlot, Slot } from './slot.js';

export interface ExpectedDigit extends FilledSlot {
  /**
   * Probability of this digit at this position of its row. It includes the probability that the frame shows the form.
   */
  readonly probability: number;
}

export interface ExpectedRow {
  /** Index of the row among the given rows. */
  readonly row: number;
  readonly digits: readonly ExpectedDigit[];
}

export interface ExpectedReading {
  /** From top to bottom, without rows in which no digit is read. */
  readonly rows: readonly ExpectedRow[];
  /** Probability of exactly these digits, against all other digits of the form and against all other forms. */
  readonly probability: number;
}

/** The best choice of rows for the first forms. */
interface Choice {
  readonly total: number;
  readonly best: number;
  readonly rows: readonly { readonly row: number; readonly hypotheses: RowHypotheses }[];
}

/**
 * The likeliest hypothesis of the expected form.
 *
 * A hypothesis fills some slots with one digit each, no two of them in conflict. Its odds against an empty frame are
 * the product of P(digit) / P(none) over the filled slots. It has the expected form if its non-empty rows, in order,
 * have the expected numbers of digits.
 *
 * The result is exact. Given the number of digits in each row, the rows are independent, so dynamic programming finds
 * the best hypothesis and the sum of all: first along each row, then over the rows.
 *
 * Let F be the sum of the odds of all hypotheses of the form and A the sum of the odds of all hypotheses. The
 * expectation has odds of 19, so the probability of the form is 19 F / (19 F + A - F).
 *
 * @param rows slots in reading order, rows from top to bottom
 * @returns undefined if the slots cannot make the form
 */
export function chooseExpected(
  rows: readonly (readonly Slot[])[],
  expectation: Expectation,
): ExpectedReading | undefined {
  const longest = Math.max(...expectation.rows.map(({ max }) => max));
  const hypotheses = rows.map((slots) => rowHypotheses(slots, Math.min(longest, slots.length)));
  const chosen = bestRows(hypotheses, expectation);
  if (chosen === undefined) return undefined;
  const all = hypotheses.reduce(
    (sum, row) => sum + row.reduce((odds, one) => logSum(odds, one?.total ?? -Infinity), -Infinity),
    0,
  );
  const others = Math.max(0, Math.exp(all - chosen.total) - 1);
  const form = READER_NUMBERS.expectedOdds.value / (READER_NUMBERS.expectedOdds.value + others);
  const sameCounts = chosen.rows.reduce((sum, one) => sum + one.hypotheses.total, 0);
  const counts = form * Math.exp(sameCounts - chosen.total);
  let probability = counts;
  const read = chosen.rows.map(({ row, hypotheses: { digits, total } }): ExpectedRow => {
    /** The share of hypotheses with these digits among those with the same number of digits in the row. */
    const share = (known: (position: number) => number | undefined): number =>
      Math.exp((rowHypotheses(rows[row], digits.length, known)[digits.length]?.total ?? -Infinity) - total);
    probability *= share((position) => digits[position]?.digit);
    return {
      row,
      digits: digits.map((filled, index) => ({
        ...filled,
        probability: counts * share((position) => (position === index ? filled.digit : undefined)),
      })),
    };
  });
  return { rows: read, probability };
}

/** The likeliest choice of rows and of their numbers of digits, and the sum over all choices of the form. */
function bestRows(
  rows: readonly (readonly (RowHypotheses | undefined)[])[],
  { rows: forms, repeats }: Expectation,
): Choice | undefined {
  /** Indexed by the number of forms that are used so far. */
  let choices: (Choice | undefined)[] = [{ total: 0, best: 0, rows: [] }];
  rows.forEach((hypotheses, row) => {
    const next = [...choices];
    choices.forEach((choice, met) => {
      if (choice === undefined || (!repeats && met === forms.length)) return;
      const form = forms[repeats ? 0 : met];
      const after = repeats ? 1 : met + 1;
      for (const one of ofForm(hypotheses, form)) {
        const more: Choice = {
          total: choice.total + one.total,
          best: choice.best + one.best,
          rows: [...choice.rows, { row, hypotheses: one }],
        };
        next[after] = either(next[after], more);
      }
    });
    choices = next;
  });
  return choices[repeats ? 1 : forms.length];
}

/** The last entry of a row's hypotheses stands for more digits than any form has. */
function ofForm(hypotheses: readonly (RowHypotheses | undefined)[], { min, max }: RowForm): RowHypotheses[] {
  return hypotheses.slice(min, Math.min(max + 1, hypotheses.length - 1)).filter((one) => one !== undefined);
}

function either(one: Choice | undefined, other: Choice): Choice {
  if (one === undefined) return other;
  return { ...(one.best >= other.best ? one : other), total: logSum(one.total, other.total) };
}
