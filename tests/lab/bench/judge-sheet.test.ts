import assert from 'node:assert/strict';
import { judgeSheet } from '@inkcast/lab/bench/sheets';

describe('the verdict on one frame of a sheet', () => {
  const doubt = {
    box: { x: 0, y: 0, width: 9, height: 9 },
    reason: 'uncertain',
    rule: 'judgement',
    confidence: 0.6,
  } as const;

  it('is right where the text is, and where a blank sheet shows none', () => {
    const letter = { ...doubt, mayBe: undefined };
    assert.equal(judgeSheet({ text: '12\n3', rejected: [letter] }, '12\n3'), 'right');
    assert.equal(judgeSheet({ text: '', rejected: [letter] }, ''), 'right');
  });

  it('is that it is held back where nothing is read, or a digit is in doubt', () => {
    assert.equal(judgeSheet({ text: '', rejected: [] }, '12'), 'held');
    assert.equal(judgeSheet({ text: '1', rejected: [{ ...doubt, mayBe: 2 }] }, '12'), 'held');
    assert.equal(judgeSheet({ text: '12', rejected: [{ ...doubt, mayBe: 2 }] }, '12'), 'held');
  });

  it('is wrong where something else is read, on a blank sheet too', () => {
    assert.equal(judgeSheet({ text: '13', rejected: [] }, '12'), 'wrong');
    assert.equal(judgeSheet({ text: '1', rejected: [] }, ''), 'wrong');
  });
});
