import assert from 'node:assert/strict';
import { credentialsIn, decodePercent, maskCredentials } from '@inkcast/shared/addresses';
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

describe('user and password in an address', () => {
  it('are hidden whatever the password holds, and found again', () => {
    for (const password of ['secret', 'se/cr@et', 'se?cr#et', 'p@ss', '12/34', 'a:b']) {
      const address = `mqtt://me:${password}@broker:1883/x`;
      assert.equal(maskCredentials(address), 'mqtt://***@broker:1883/x');
      assert.equal(credentialsIn(address), `//me:${password}@`);
    }
    assert.equal(maskCredentials('["http://a:b@c/", "rtsp://d:e@f/"]'), '["http://***@c/", "rtsp://***@f/"]');
    assert.equal(maskCredentials('no user at http://broker/path'), 'no user at http://broker/path');
    assert.equal(credentialsIn('http://broker/path'), undefined);
  });
});
