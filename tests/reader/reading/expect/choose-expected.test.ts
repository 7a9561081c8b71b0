import assert from 'node:assert/strict';
import { READER_NUMBERS } from '@inkcast/reader/numbers';
import {
  chooseExpected,
  type Expectation,
  type ExpectedReading,
  expectationOf,
  type Slot,
} from '@inkcast/reader/reading';
import fc from 'fast-check';

/** Odds of one hypothesis against the empty one, and the rows that it reads. */
interface Hypothesis {
  readonly odds: number;
  readonly rows: readonly string[];
  readonly places: string;
}

/** Every hypothesis there is, one after the other. */
function allHypotheses(rows: readonly (readonly Slot[])[]): Hypothesis[] {
  let found: Hypothesis[] = [{ odds: 1, rows: [], places: '' }];
  rows.forEach((slots, row) => {
    const ofRow = fillings(slots, 0, []);
    found = found.flatMap(({ odds, rows, places }) =>
      ofRow.map((filled) => ({
        odds: filled.reduce(
          (odds, { slot, digit }) => odds * Math.exp(slots[slot].digits[digit] - slots[slot].none),
          odds,
        ),
        rows: filled.length === 0 ? rows : [...rows, filled.map(({ digit }) => digit).join('')],
        places: places + filled.map(({ slot, digit }) => `${row}.${slot}=${digit} `).join(''),
      })),
    );
  });
  return found;
}

type Filling = readonly { readonly slot: number; readonly digit: number }[];

function fillings(slots: readonly Slot[], at: number, filled: Filling): Filling[] {
  if (at === slots.length) return [filled];
  const empty = fillings(slots, at + 1, filled);
  if (filled.some(({ slot }) => slots[at].conflicts.includes(slot))) return empty;
  return [
    ...empty,
    ...[...DIGITS.keys()].flatMap((digit) => fillings(slots, at + 1, [...filled, { slot: at, digit }])),
  ];
}

/** Fewer digits than there are keep the number of hypotheses small; the others are impossible. */
const DIGITS = [0, 1];
const impossible = new Array<number>(8).fill(-Infinity);

const slot = (digits: readonly number[], none: number, conflicts: readonly number[] = []): Slot => ({
  digits: [...digits.map(Math.log), ...impossible],
  none: Math.log(none),
  conflicts,
});

const probability = fc.double({ min: 0.01, max: 0.98, noNaN: true });

/** A row of slots, conflicts in any pairs of them. */
const rowOfSlots = (maxLength: number) =>
  fc.array(fc.record({ any: probability, first: probability, seed: fc.nat(63) }), { maxLength }).map((slots) =>
    slots.map(({ any, first }, index) => {
      const conflicts = slots.flatMap((_, other) => {
        const [low, high] = [Math.min(index, other), Math.max(index, other)];
        return low !== high && (slots[low].seed >> high) % 2 === 1 ? [other] : [];
      });
      return slot([any * first, any * (1 - first)], 1 - any, conflicts);
    }),
  );

const setting = fc.oneof(
  fc.constantFrom('d', 'd:d', 'dd.d'),
  fc.array(fc.constantFrom('d', 'dd'), { minLength: 1, maxLength: 2 }),
  fc.record({ digits: fc.constantFrom(1, 2, [1, 2] as [number, number], [2, 4] as [number, number]) }),
  fc.record({ rows: fc.integer({ min: 1, max: 2 }) }),
);

function hasForm(rows: readonly string[], { rows: forms, repeats }: Expectation): boolean {
  if (repeats ? rows.length === 0 : rows.length !== forms.length) return false;
  return rows.every((row, index) => {
    const { min, max } = forms[repeats ? 0 : index];
    return row.length >= min && row.length <= max;
  });
}

const placesOf = ({ rows }: ExpectedReading): string =>
  rows.flatMap(({ row, digits }) => digits.map(({ slot, digit }) => `${row}.${slot}=${digit} `)).join('');

const sum = (hypotheses: readonly Hypothesis[]): number => hypotheses.reduce((sum, { odds }) => sum + odds, 0);
const near = (value: number, expected: number, what: string) =>
  assert.ok(Math.abs(value - expected) <= 1e-9 * Math.max(1, Math.abs(expected)), `${what}: ${value}, not ${expected}`);

describe('the choice of an expected form', () => {
  it('is the likeliest of all hypotheses of that form, with its probability among all there are', () => {
    const rows = fc.oneof(
      fc.array(rowOfSlots(3), { maxLength: 3 }),
      rowOfSlots(6).map((row) => [row]),
    );
    fc.assert(
      fc.property(rows, setting, (slots, form) => {
        const expectation = expectationOf(form);
        const all = allHypotheses(slots);
        const formed = all.filter(({ rows }) => hasForm(rows, expectation));
        const chosen = chooseExpected(slots, expectation);
        if (formed.length === 0) {
          assert.equal(chosen, undefined);
          return;
        }
        assert.ok(chosen !== undefined);
        const same = formed.find(({ places }) => places === placesOf(chosen));
        assert.ok(same !== undefined, 'the choice is no hypothesis of the form');
        near(same.odds, Math.max(...formed.map(({ odds }) => odds)), 'odds');
        // Of the rows that were chosen; where two rows may be taken for one another, each counts for itself.
        const numbers = (hypothesis: Hypothesis) => hypothesis.places.replaceAll(/\.\d+=/g, '=').split(' ');
        const withRows = (fits: (numbers: string[]) => boolean) => formed.filter((one) => fits(numbers(one)));
        const wanted = numbers(same);
        const evidence = READER_NUMBERS.expectedOdds.value * sum(formed) + sum(all) - sum(formed);
        const text = sum(withRows((found) => found.join() === wanted.join()));
        near(chosen.probability, (READER_NUMBERS.expectedOdds.value * text) / evidence, 'probability');
        chosen.rows
          .flatMap(({ digits }) => digits)
          .forEach((digit, index) => {
            const rowsOf = (found: string[]) => found.map((place) => place.split('=')[0]).join();
            const alike = withRows((found) => rowsOf(found) === rowsOf(wanted) && found[index] === wanted[index]);
            near(
              digit.probability,
              (READER_NUMBERS.expectedOdds.value * sum(alike)) / evidence,
              `probability of digit ${index}`,
            );
          });
      }),
      { numRuns: 300 },
    );
  });

  const sure = (digit: number, conflicts: readonly number[] = []) =>
    slot(
      DIGITS.map((other) => (other === digit ? 0.98 : 0.001)),
      0.01,
      conflicts,
    );

  it('cuts one piece in two where that makes the form, and leaves it whole where it does not', () => {
    const row = [
      sure(0),
      slot([0.9, 0.01], 0.09, [2, 3]),
      slot([0.01, 0.85], 0.14, [1]),
      slot([0.85, 0.01], 0.14, [1]),
    ];
    const read = (form: string) =>
      chooseExpected([row], expectationOf(form))?.rows.map(({ digits }) => digits.map(({ slot }) => slot));
    assert.deepEqual(read('dd'), [[0, 1]]);
    assert.deepEqual(read('d:dd'), [[0, 2, 3]]);
  });

  it('is unlikely where more is surely there than expected, and where hardly anything is', () => {
    const many = chooseExpected([[sure(0), sure(1), sure(0)]], expectationOf('dd'));
    assert.ok(many !== undefined && many.probability < 0.5);
    const faint = slot([0.01, 0.01], 0.98);
    const few = chooseExpected([[sure(0), faint]], expectationOf('dd'));
    assert.ok(few !== undefined && few.probability < 0.5);
    assert.equal(chooseExpected([[sure(0)]], expectationOf('dd')), undefined);
  });

  it('takes time that grows with the row and not with its hypotheses', () => {
    const row = Array.from({ length: 60 }, (_, index) => {
      const neighbours = [index - 2, index - 1, index + 1, index + 2].filter((other) => other >= 0 && other < 60);
      return slot([0.3, 0.3], 0.4, neighbours);
    });
    const chosen = chooseExpected([row, row], expectationOf(['d'.repeat(15), 'd'.repeat(20)]));
    assert.deepEqual(
      chosen?.rows.map(({ digits }) => digits.length),
      [15, 20],
    );
  });
});
