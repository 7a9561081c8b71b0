import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { sha256 } from '@inkcast/shared/hashing';
import fc from 'fast-check';

describe('the hash of any platform', () => {
  it('is SHA-256, as OpenSSL has it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        assert.equal(sha256(bytes), createHash('sha256').update(bytes).digest('hex'));
      }),
    );
  });
});
