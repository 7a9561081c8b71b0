import assert from 'node:assert/strict';
import {
  assembleReading,
  chooseHypotheses,
  type ExpectationSetting,
  expectationOf,
  type JudgedHypothesis,
} from '@inkcast/reader/reading';
import { overlap } from '@inkcast/reader/vision';
import fc from 'fast-check';
import { inRow, judged } from './support/judged.js';

const LIMITS = { minConfidence: 0.7, minDoubt: 0.3 };

/** What a frame says in which these hypotheses were judged. */
function read(items: readonly JudgedHypothesis[], expect?: ExpectationSetting) {
  const likeliest = chooseHypotheses(items);
  const chosen = items.filter((item) => likeliest.includes(item));
  const others = items.filter((item) => !likeliest.includes(item));
  return assembleReading(
    { chosen, others },
    LIMITS,
    expect === undefined ? {} : { expectation: expectationOf(expect) },
  );
}

const doubtsOf = ({ rejected }: ReturnType<typeof read>) =>
  rejected.flatMap(({ mayBe }) => (mayBe === undefined ? [] : [mayBe]));

/** Three plain digits. */
const number = (y = 100) => [4, 0, 7].map((value, index) => judged(value, 0.99, inRow([100, 140, 180], y)[index]));
const [beside] = inRow([220]);

describe('a reading that is expected to have a form', () => {
  it('is what it is where it has the form, each digit about as sure as without', () => {
    const plain = read(number());
    const expected = read(number(), 'd.dd');
    assert.deepEqual([expected.text, expected.rows, expected.rejected], ['407', ['407'], []]);
    assert.deepEqual(
      expected.digits.map(({ box }) => box),
      plain.digits.map(({ box }) => box),
    );
    assert.ok(expected.digits.every(({ confidence }) => confidence > 0.97));
  });

  it('takes up a digit that is too unsure by itself where the form lacks one, and leaves it out where it does not', () => {
    const items = [...number(), judged(5, 0.6, beside)];
    assert.equal(read(items).text, '407');
    assert.equal(read(items, 'dd.dd').text, '4075');
    const without = read([...number(), judged(5, 0.25, beside)], 'ddd');
    assert.deepEqual([without.text, doubtsOf(without)], ['407', []]);
  });

  it('takes up a digit that its place or its company speaks against', () => {
    const smudged = judged(1, 0.35, beside, { logOdds: -1 });
    assert.equal(read([...number(), smudged]).text, '407');
    assert.equal(read([...number(), smudged], { digits: 4 }).text, '4071');
  });

  it('takes other hypotheses of the same ink where they make the form', () => {
    const [left, right] = inRow([220, 250]);
    const whole = judged(8, 0.95, { ...left, width: 60 });
    const parts = [judged(9, 0.7, left), judged(6, 0.7, right)];
    assert.equal(read([...number(), whole, ...parts]).text, '4078');
    assert.equal(read([...number(), whole, ...parts], 'ddddd').text, '40796');
    assert.equal(read([...number(), whole, ...parts], 'dddd').text, '4078');
  });

  it('is nothing but doubts where no hypothesis of the form is likely', () => {
    for (const form of ['dd', 'dddd', ['ddd', 'ddd']]) {
      const reading = read(number(), form);
      assert.deepEqual([reading.text, reading.rows, reading.digits], ['', [], []]);
      assert.ok(reading.rejected.every(({ reason }) => reason === 'unexpected'));
      assert.equal(reading.rejected.length, 3);
    }
    const undecided = read([...number(), judged(1, 0.5, inRow([215])[0]), judged(5, 0.5, inRow([250])[0])], 'dddd');
    assert.deepEqual([undecided.text, undecided.digits], ['', []]);
    assert.ok(undecided.rejected.filter(({ reason }) => reason === 'unexpected').length >= 3);
  });

  it('tells which row is which, and is in doubt where more rows are in view than expected', () => {
    const rows = [...number(100), ...inRow([100, 140], 200).map((box) => judged(2, 0.99, box))];
    assert.deepEqual(read(rows, ['ddd', 'dd']).rows, ['407', '22']);
    assert.deepEqual(read(rows, { rows: 2 }).rows, ['407', '22']);
    assert.deepEqual(read(rows, { digits: [2, 3] }).rows, ['407', '22']);
    for (const form of [['dd', 'ddd'], 'ddd', { digits: 3 }]) assert.equal(read(rows, form).text, '');
  });

  it('invents no digit: ink that hardly looks like a digit is neither read nor doubtful', () => {
    const nothing = read([judged(3, 0.02, beside)], 'd');
    assert.deepEqual([nothing.text, doubtsOf(nothing)], ['', []]);
    assert.deepEqual(read([], 'ddd').rejected, []);
    assert.equal(read([...number(), judged(3, 0.02, beside)], 'dddd').text, '');
  });

  it('has the form or is empty, and uses no ink twice, whatever is seen', () => {
    const hypotheses = fc.array(
      fc.record({
        box: fc.record({
          x: fc.integer({ min: 0, max: 500 }),
          y: fc.integer({ min: 90, max: 130 }),
          width: fc.integer({ min: 10, max: 60 }),
          height: fc.integer({ min: 30, max: 60 }),
        }),
        digit: fc.nat(9),
        probability: fc.double({ min: 0.01, max: 0.999, noNaN: true }),
      }),
      { maxLength: 16 },
    );
    fc.assert(
      fc.property(hypotheses, (items) => {
        const seen = items.map(({ box, digit, probability }) => judged(digit, probability, box));
        const { rows, digits } = read(seen, 'd:dd');
        assert.ok(rows.length === 0 || (rows.length === 1 && rows[0].length === 3));
        digits.forEach(({ box }, index) => {
          const item = seen.find(({ candidate }) => candidate.box === box);
          assert.ok(item !== undefined && item.probability >= 0.05);
          assert.ok(digits.slice(index + 1).every((other) => overlap(box, other.box) <= 0.5));
        });
      }),
    );
  });
});
