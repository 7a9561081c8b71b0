import assert from 'node:assert/strict';
import {
  chooseMinSpotLogOdds,
  isToBeRead,
  type SeenFrame,
  type StoredFrame,
  type StoredMark,
  scoreLimits,
  truthOf,
} from '@inkcast/lab/fit';
import { CONTEXT_FEATURES, LOCAL_FEATURES } from '@inkcast/reader/reading';
import type { BoostedTrees } from '@inkcast/shared/judgement';
import { judged } from '../../reader/reading/support/judged.js';
import { markOf } from './support/frame.js';

const frameOf = (...marks: StoredMark[]): StoredFrame => ({
  width: 4000,
  height: 100,
  kind: 'rows',
  marks,
  gray: new Uint8Array(0),
});

const SEVEN = markOf('7', 100, 20, 30, 50);
const OWN = SEVEN.box;

describe('whether a hypothesis is true', () => {
  const truth = (digit: number, box: typeof OWN, ...marks: StoredMark[]) =>
    truthOf(judged(digit, 0.9, box), frameOf(...marks));

  it('follows the mark that its box shares most with', () => {
    assert.equal(truth(7, OWN, SEVEN), true);
    assert.equal(truth(1, OWN, SEVEN), false);
    assert.equal(truth(7, { ...OWN, x: 300 }, SEVEN), false);
    assert.equal(truth(7, OWN, { ...SEVEN, label: 'x' }), false);
    assert.equal(truth(4, OWN, { ...SEVEN, label: '4', box: { ...OWN, x: 118 } }, { ...SEVEN, label: 'x' }), false);
  });

  it('is open where nobody could say', () => {
    assert.equal(truth(7, { ...OWN, x: OWN.x + 13 }, SEVEN), undefined, 'half beside it');
    assert.equal(truth(0, OWN, { ...SEVEN, label: 'O' }), undefined);
    assert.equal(truth(0, OWN, { ...SEVEN, label: 'O', inWord: true }), false);
    assert.equal(truth(7, OWN, { ...SEVEN, within: 0.5 }), undefined);
    assert.equal(truth(7, { ...OWN, height: 8 }, { ...SEVEN, box: { ...OWN, height: 8 } }), undefined);
  });

  it('accepts a stroke that is a pixel wider', () => {
    const one = markOf('1', 100, 20, 4, 50);
    assert.equal(truth(1, { ...one.box, x: 102, width: 5 }, one), true);
  });

  it('counts as missed only what should be read', () => {
    assert.ok(isToBeRead(SEVEN));
    for (const other of [{ ...SEVEN, label: 'x' }, { ...SEVEN, within: 0.5 }, markOf('7', 0, 0, 5, 8)]) {
      assert.ok(!isToBeRead(other));
    }
  });
});

const blank = (features: object, start: number): BoostedTrees => ({
  features: Object.keys(features),
  start,
  trees: [],
});

/** Trees that pass the classifier's odds on: certain where they are above even, else improbable. */
function trees() {
  const asks = (feature: number): BoostedTrees['trees'] => [
    { feature: [feature, -1, -1], limit: [0, 0, 0], low: [1, 0, 0], high: [2, 0, 0], value: [0, -1, 1] },
  ];
  return {
    local: { ...blank(LOCAL_FEATURES, 0), trees: asks(0) },
    context: { ...blank(CONTEXT_FEATURES, 0), trees: asks(0) },
  };
}

const place = (index: number) => markOf('7', 100 * index, 20, 30, 50);
const seenAt = (index: number, classifier: number, score = 2) => {
  const { probability: _, ...hypothesis } = judged(7, 0.5, place(index).box, { classifier });
  return [{ ...hypothesis, spot: { ...hypothesis.spot, score } }];
};

describe('the limits of a judgement', () => {
  it('are told by what each would bring', () => {
    // Three digits that look like it and one that does not; two false ones that do not.
    const seen: SeenFrame = {
      frame: frameOf(place(0), place(1), place(2), place(3)),
      places: [0.9, 0.9, 0.9, 0.1, 0.1, 0.1].map((classifier, index) => seenAt(index, classifier)),
    };
    const scores = scoreLimits(trees(), [seen]);
    const at = (limit: number) => scores.find(({ minConfidence }) => minConfidence === limit);
    assert.deepEqual(at(0.5), { minConfidence: 0.5, f1: 6 / 7, recall: 0.75, falseDigits: 0 });
    assert.deepEqual([scores[0].recall, scores[0].falseDigits], [1, 2]);
    assert.equal(scores[scores.length - 1].recall, 0);
  });

  it('look at spots from the score on that nearly all digits reach, by the best spot of each', () => {
    const count = 400;
    const marks = Array.from({ length: count }, (_, index) => place(index));
    const places = marks.flatMap((_, index) => [seenAt(index, 0.9, index / 100), seenAt(index, 0.9, -3)]);
    const seen = { frame: frameOf(...marks), places: [...places, seenAt(count + 5, 0.9, -4)] };
    // 99.5 % of 400 are 398: the two lowest may be missed.
    assert.equal(chooseMinSpotLogOdds([seen]), 0.02);
    assert.equal(chooseMinSpotLogOdds([{ ...seen, places: [] }]), undefined);
  });
});
