import assert from 'node:assert/strict';
import { CONTEXT_FEATURES, contextRow, type JudgedHypothesis, LOCAL_FEATURES, localRow } from '@inkcast/reader/reading';
import fc from 'fast-check';
import { inRow, judged } from '../support/judged.js';

/** What the company of a hypothesis says, by name. */
function companySays(own: JudgedHypothesis, others: readonly JudgedHypothesis[]) {
  const row = contextRow(own, [own, ...others]);
  const names = Object.keys(CONTEXT_FEATURES);
  assert.equal(row.length, names.length);
  return (name: keyof typeof CONTEXT_FEATURES): number => row[names.indexOf(name)];
}

const hypotheses = fc.array(
  fc
    .record({
      digit: fc.nat(9),
      probability: fc.double({ min: 0.001, max: 0.999, noNaN: true }),
      box: fc.record({
        x: fc.integer({ min: 0, max: 600 }),
        y: fc.integer({ min: 0, max: 440 }),
        width: fc.integer({ min: 1, max: 200 }),
        height: fc.integer({ min: 1, max: 200 }),
      }),
      classifier: fc.constantFrom(0, 0.001, 0.5, 1),
    })
    .map(({ digit, probability, box, classifier }) => judged(digit, probability, box, { classifier })),
  { minLength: 1, maxLength: 8 },
);

describe('the features of a hypothesis', () => {
  it('are numbers, whatever stands in the frame, also for one that is alone', () => {
    fc.assert(
      fc.property(hypotheses, (items) => {
        for (const item of items) {
          const rows = { ...localRow(item), own: [...contextRow(item, items), ...contextRow(item, [item])] };
          assert.ok([...localRow(item), ...rows.own].every(Number.isFinite));
        }
      }),
    );
  });

  it('do not depend on where in the frame it stands, nor on the order of its company', () => {
    fc.assert(
      fc.property(hypotheses, fc.nat(300), (items, shift) => {
        const moved = items.map((item) => {
          const box = { ...item.candidate.box, x: item.candidate.box.x + shift, y: item.candidate.box.y + shift };
          return { ...item, candidate: { ...item.candidate, box }, spot: { ...item.spot, box } };
        });
        assert.deepEqual(localRow(moved[0]), localRow(items[0]));
        assert.deepEqual(contextRow(moved[0], moved), contextRow(items[0], items));
      }),
    );
  });

  it('tell the classifier from the spotter, and how far each prefers the digit', () => {
    const [box] = inRow([100]);
    const row = localRow(judged(7, 0.5, box, { classifier: 0.6, second: { digit: 1, confidence: 0.3 } }));
    const says = (name: keyof typeof LOCAL_FEATURES): number => row[Object.keys(LOCAL_FEATURES).indexOf(name)];
    assert.ok(Math.abs(says('classifierDigit') - Math.log(0.6 / 0.4)) < 1e-9);
    assert.ok(Math.abs(says('classifierAnyDigit') - Math.log(0.9 / 0.1)) < 1e-9);
    assert.deepEqual([says('spotterDigit'), says('spotterMargin'), says('spotterIou')], [2, 8, 1]);
    assert.equal(says('aspect'), Math.log(30 / 50));
  });
});

describe('the company of a hypothesis', () => {
  const [left, middle, right, far] = inRow([100, 150, 200, 900]);
  const own = judged(5, 0.5, middle);
  const sure = (box: typeof left) => judged(1, 0.9, box);
  const odds = (item: JudgedHypothesis): number => item.logOdds;

  it('stands to its left and to its right, each as far as it is', () => {
    const says = companySays(own, [judged(1, 0.9, left), judged(2, 0.8, right)]);
    assert.deepEqual([says('leftLogOdds'), says('rightLogOdds')], [Math.log(0.9 / 0.1), odds(judged(2, 0.8, right))]);
    assert.deepEqual([says('leftGap'), says('rightGap')], [20 / 50, 20 / 50]);
    assert.deepEqual([says('likelyCount'), says('nearLikely')], [Math.log1p(2), 2]);
  });

  it('is the nearest one in its row, and how much higher or stronger that is', () => {
    const nearer = judged(1, 0.9, { ...left, x: 120, width: 20, y: 80, height: 100 }, { contrast: 50 });
    const says = companySays(own, [sure(left), nearer]);
    assert.equal(says('leftGap'), 10 / 50);
    assert.ok(Math.abs(says('leftHeight') - Math.log(50 / 100)) < 1e-9);
    assert.ok(Math.abs(says('leftContrast') - Math.log(100 / 50)) < 1e-9);
  });

  it('stands above or below it too, but not in its row', () => {
    const says = companySays(own, [judged(1, 0.9, { ...middle, y: 160 }), judged(1, 0.7, { ...middle, y: 260 })]);
    assert.equal(says('stackedLogOdds'), Math.log(0.9 / 0.1));
    assert.equal(says('leftLogOdds'), companySays(own, [])('leftLogOdds'));
  });

  it('is nobody where others are far away, or are about the same ink', () => {
    const alone = companySays(own, []);
    const apart = companySays(own, [sure(far)]);
    for (const name of ['leftLogOdds', 'rightLogOdds', 'stackedLogOdds', 'leftGap', 'nearLikely'] as const) {
      assert.equal(apart(name), alone(name));
    }
    assert.equal(apart('likelyCount'), Math.log1p(1));
    const same = companySays(own, [sure({ ...middle, x: middle.x + 5 })]);
    assert.equal(same('likelyCount'), 0);
  });

  it('may be letters: what is near, as high, and unlikely', () => {
    const letters = inRow([60, 100, 200, 240]).map((box) => judged(0, 0.1, box));
    const says = companySays(own, [...letters, judged(0, 0.1, { ...right, y: 0, height: 200 })]);
    assert.deepEqual([says('nearLikely'), says('nearUnlikely')], [0, 4]);
  });
});
