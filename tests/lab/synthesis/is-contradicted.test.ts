import assert from 'node:assert/strict';
import { isContradicted, NONE_LABEL } from '@inkcast/lab/synthesis';

const sure = (digit: number) => ({ digit, digitConfidence: 0.99 });
const unsure = (digit: number) => ({ digit, digitConfidence: 0.6 });

describe('the label of a crop', () => {
  it('is contradicted where all networks see another digit, however sure they are', () => {
    assert.equal(isContradicted(4, [sure(9), unsure(1)]), true);
    assert.equal(isContradicted(4, [sure(9), unsure(4)]), false);
  });

  it('is contradicted as none where all networks are sure of one and the same digit', () => {
    assert.equal(isContradicted(NONE_LABEL, [sure(0), sure(0)]), true);
    assert.equal(isContradicted(NONE_LABEL, [sure(0), unsure(0)]), false);
    assert.equal(isContradicted(NONE_LABEL, [sure(0), sure(6)]), false);
  });

  it('is kept without networks', () => {
    assert.equal(isContradicted(4, []), false);
    assert.equal(isContradicted(NONE_LABEL, []), false);
  });
});
