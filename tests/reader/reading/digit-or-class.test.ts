import assert from 'node:assert/strict';
import { rowText } from '@inkcast/reader/reading';

describe('the text of a row', () => {
  it('is the digits and letters without spaces, and longer names between spaces', () => {
    assert.equal(rowText([]), '');
    assert.equal(rowText([1, 2, 'A']), '12A');
    assert.equal(rowText(['tick', 4, 7, 'cross', 'tick', 'B']), 'tick 47 cross tick B');
    // One sign to whoever reads it, whatever it is made of.
    assert.equal(rowText(['✔️', 'é', '👍🏽']), '✔️é👍🏽');
  });
});
