import assert from 'node:assert/strict';
import { assembleReading, type JudgedHypothesis } from '@inkcast/reader/reading';
import { overlap } from '@inkcast/reader/vision';
import fc from 'fast-check';
import { inRow, judged } from './support/judged.js';

const LIMITS = { minConfidence: 0.6, minDoubt: 0.2 };
const read = (...chosen: readonly JudgedHypothesis[]) => assembleReading({ chosen, others: [] }, LIMITS);

describe('a reading of judged hypotheses', () => {
  it('holds the likely ones in rows, each with its probability and its box', () => {
    const upper = inRow([160, 100], 100);
    const lower = inRow([100, 150], 200);
    const reading = read(
      judged(2, 0.97, lower[0]),
      judged(7, 0.95, upper[0]),
      judged(4, 0.99, upper[1]),
      judged(3, 0.6, lower[1]),
    );
    assert.deepEqual([reading.text, reading.rows, reading.rejected], ['47\n23', ['47', '23'], []]);
    assert.deepEqual(
      reading.digits.map(({ digit, confidence, row, box }) => [digit, confidence, row, box]),
      [
        [4, 0.99, 0, upper[1]],
        [7, 0.95, 0, upper[0]],
        [2, 0.97, 1, lower[0]],
        [3, 0.6, 1, lower[1]],
      ],
    );
  });

  it('is empty where nothing is likely', () => {
    assert.deepEqual(read(), { text: '', rows: [], digits: [], rejected: [] });
    assert.deepEqual(read(judged(4, 0.59, inRow([100])[0])).rows, []);
  });

  it('reads or rejects each place once, and never what is about the same ink as a digit that was read', () => {
    const side = fc.integer({ min: 10, max: 80 });
    const place = fc.integer({ min: 0, max: 400 });
    const item = fc.record({
      box: fc.record({ x: place, y: place, width: side, height: side }),
      digit: fc.nat(9),
      probability: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 16 }), (items) => {
        const all = items.map(({ box, digit, probability }) => judged(digit, probability, box));
        const isApart = (a: JudgedHypothesis, b: JudgedHypothesis) => overlap(a.candidate.box, b.candidate.box) <= 0.5;
        const chosen: JudgedHypothesis[] = [];
        for (const one of all) if (chosen.every((other) => isApart(one, other))) chosen.push(one);
        const others = all.filter((one) => !chosen.includes(one));
        const { digits, rejected } = assembleReading({ chosen, others }, LIMITS);
        assert.equal(digits.length + rejected.length, chosen.length);
        assert.ok(digits.every(({ confidence }) => confidence >= LIMITS.minConfidence));
        assert.ok(rejected.every(({ confidence }) => confidence < LIMITS.minConfidence));
        const boxes = [...digits, ...rejected].map(({ box }) => box);
        assert.equal(new Set(boxes).size, chosen.length);
      }),
    );
  });
});

describe('what is not likely enough', () => {
  const [box] = inRow([100]);
  const rejection = (item: JudgedHypothesis) => {
    const { digits, rejected } = read(item);
    assert.deepEqual([digits.length, rejected.length], [0, 1]);
    return rejected[0];
  };

  it('is uncertain, and may be its digit, where that can well be', () => {
    assert.deepEqual(rejection(judged(4, 0.4, box)), {
      ...{ box, reason: 'uncertain', rule: 'judgement', value: 0.4, limit: 0.6 },
      ...{ confidence: 0.4, mayBe: 4 },
    });
    assert.equal(rejection(judged(4, 0.2, box)).mayBe, 4);
  });

  it('is no digit where the classifier says so', () => {
    const { reason, mayBe } = rejection(judged(4, 0.19, box, { classifier: 0.3 }));
    assert.deepEqual([reason, mayBe], ['not-a-digit', undefined]);
  });

  it('is unlike handwriting where it does not look like a digit in its own place', () => {
    const { reason, mayBe } = rejection(judged(4, 0.1, box, { logOdds: -1 }));
    assert.deepEqual([reason, mayBe], ['unlike-handwriting', undefined]);
  });

  it('is among letters where it looks like a digit, and its company says otherwise', () => {
    const { reason, mayBe } = rejection(judged(0, 0.1, box, { logOdds: 1 }));
    assert.deepEqual([reason, mayBe], ['among-letters', undefined]);
  });
});
