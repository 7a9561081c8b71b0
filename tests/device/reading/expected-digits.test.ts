import assert from 'node:assert/strict';
import { assembleReading, type ExpectationSetting, expectationOf, type ScoredCandidate } from '@inkcast/device/reading';
import fc from 'fast-check';
import { digit, inRow, none } from './support/scored.js';

const FRAME = { width: 640, height: 480 };
const read = (scored: readonly ScoredCandidate[], expect?: ExpectationSetting) =>
  assembleReading(scored, FRAME, expect === undefined ? {} : { expectation: expectationOf(expect) });

const doubtsOf = ({ rejected }: ReturnType<typeof read>) =>
  rejected.flatMap(({ mayBe }) => (mayBe === undefined ? [] : [mayBe]));

/** Three plain digits. */
const number = (y = 100) => [4, 0, 7].map((value, index) => digit(value, 0.99, inRow([100, 140, 180], y)[index]));
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
    const scored = [...number(), digit(5, 0.6, beside)];
    assert.equal(read(scored).text, '407');
    assert.equal(read(scored, 'dd.dd').text, '4075');
    const without = read([...number(), digit(5, 0.3, beside)], 'ddd');
    assert.deepEqual([without.text, doubtsOf(without)], ['407', []]);
  });

  it('takes up a digit that was refused for its surroundings', () => {
    const smudged = digit(1, 0.985, beside, { paper: 0.5, standsOut: 20 });
    assert.equal(read([...number(), smudged]).text, '407');
    assert.equal(read([...number(), smudged], { digits: 4 }).text, '4071');
  });

  it('cuts a piece in two where that makes the form', () => {
    const [left, right] = inRow([220, 252]);
    const whole = digit(8, 0.7, { ...left, width: 62 }, { pieces: ['a', 'b'], ink: 600 });
    const parts = [
      digit(9, 0.95, left, { origin: 'part', pieces: ['a'], ink: 300 }),
      digit(6, 0.95, right, { origin: 'part', pieces: ['b'], ink: 300 }),
    ];
    assert.equal(read([...number(), whole, ...parts], 'ddddd').text, '40796');
    const loop = digit(0, 0.9, { ...left, y: 125, height: 25 }, { pieces: ['low'], ink: 200 });
    const eight = digit(8, 0.98, left, { pieces: ['low', 'high'], ink: 400 });
    assert.equal(read([...number(), eight, loop], 'dddd').text, '4078');
  });

  it('is nothing but doubts where no hypothesis of the form is likely', () => {
    for (const form of ['dd', 'dddd', ['ddd', 'ddd']]) {
      const reading = read(number(), form);
      assert.deepEqual([reading.text, reading.rows, reading.digits], ['', [], []]);
      assert.deepEqual(doubtsOf(reading).toSorted(), [0, 4, 7]);
      assert.ok(reading.rejected.every(({ reason }) => reason === 'unexpected'));
    }
    const undecided = read([...number(), digit(1, 0.6, inRow([215])[0]), digit(5, 0.35, inRow([250])[0])], 'dddd');
    assert.equal(undecided.text, '');
    assert.ok(doubtsOf(undecided).length >= 4);
  });

  it('tells which row is which, and is in doubt where more rows are in view than expected', () => {
    const rows = [...number(100), ...inRow([100, 140], 200).map((box) => digit(2, 0.99, box))];
    assert.deepEqual(read(rows, ['ddd', 'dd']).rows, ['407', '22']);
    assert.deepEqual(read(rows, { rows: 2 }).rows, ['407', '22']);
    assert.deepEqual(read(rows, { digits: [2, 3] }).rows, ['407', '22']);
    for (const form of [['dd', 'ddd'], 'ddd', { digits: 3 }]) assert.equal(read(rows, form).text, '');
  });

  it('invents no digit: what is hardly any is never read, alone or in a number, nor held for a doubt', () => {
    const nothing = read([none(beside)], 'd');
    assert.deepEqual([nothing.text, doubtsOf(nothing)], ['', []]);
    assert.deepEqual(read([], 'ddd').rejected, []);
    assert.equal(read([...number(), none(beside)], 'dddd').text, '');
  });

  it('has the form or is empty, and uses no ink twice, whatever is proposed', () => {
    const proposals = fc.array(
      fc.record({
        box: fc.record({
          x: fc.integer({ min: 0, max: 500 }),
          y: fc.integer({ min: 90, max: 130 }),
          width: fc.integer({ min: 10, max: 60 }),
          height: fc.integer({ min: 30, max: 60 }),
        }),
        value: fc.integer({ min: 0, max: 9 }),
        confidence: fc.double({ min: 0.01, max: 0.999, noNaN: true }),
        pieces: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 1, maxLength: 2 }),
      }),
      { maxLength: 16 },
    );
    fc.assert(
      fc.property(proposals, (items) => {
        const scored = items.map(({ box, value, confidence, pieces }) => digit(value, confidence, box, { pieces }));
        const { rows, digits } = read(scored, 'd:dd');
        assert.ok(rows.length === 0 || (rows.length === 1 && rows[0].length === 3));
        const pieces = digits.flatMap(({ box }) => {
          const item = scored.find(({ candidate }) => candidate.box === box);
          assert.ok(item !== undefined && item.classification.anyDigit >= 0.05);
          return item.candidate.pieces;
        });
        assert.equal(new Set(pieces).size, pieces.length);
      }),
    );
  });
});
