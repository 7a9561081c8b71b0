import assert from 'node:assert/strict';
import { decodePercent } from '@inkcast/shared/addresses';
import fc from 'fast-check';

describe('a part of an address', () => {
  it('field report 10: is decoded or unchanged, whatever percent signs it contains', () => {
    assert.deepEqual(['100%', '%', 'a%zz', '%ff', 'a%20b', '%41%'].map(decodePercent), [
      ...['100%', '%', 'a%zz', '%ff', 'a b', 'A%'],
    ]);
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => decodePercent(encodeURIComponent(text)) === text));
    fc.assert(fc.property(fc.string(), (text) => typeof decodePercent(text) === 'string'));
  });
});
