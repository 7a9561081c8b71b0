import assert from 'node:assert/strict';
import { asInkError, ERROR_CATALOG, InkError } from '@inkcast/shared/errors';

describe('coded errors', () => {
  it('print code, what happened and what to do, in this order', () => {
    const error = new InkError('INK_IDX_INVALID', 'train.idx ends after 12 of 16 header bytes.');
    assert.equal(
      String(error),
      `INK_IDX_INVALID: train.idx ends after 12 of 16 header bytes. ${ERROR_CATALOG.INK_IDX_INVALID.remedy}`,
    );
  });

  it('keep the cause of a foreign error', () => {
    const cause = new TypeError('x is not a function');
    const error = asInkError(cause);
    assert.equal(error.code, 'INK_INTERNAL');
    assert.equal(error.cause, cause);
  });

  it('field report 20: send nobody to the doctor, who may be saying so', () => {
    for (const [code, { remedy }] of Object.entries(ERROR_CATALOG)) assert.doesNotMatch(remedy, /doctor/, code);
  });

  it('have entries of whole sentences', () => {
    for (const [code, entry] of Object.entries(ERROR_CATALOG)) {
      assert.match(entry.summary, /^[A-Z].*\.$/, code);
      assert.match(entry.remedy, /^[A-Z].*\.$/, code);
    }
  });
});
