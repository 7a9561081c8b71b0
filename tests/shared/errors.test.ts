import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
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

  it('field report 20: do not recommend the doctor, which may print them', () => {
    for (const [code, { remedy }] of Object.entries(ERROR_CATALOG)) assert.doesNotMatch(remedy, /doctor/, code);
  });

  it('field report 10: report missing memory', () => {
    const impossible: readonly (() => unknown)[] = [
      () => new ArrayBuffer(2 ** 52),
      () => new Float32Array(2 ** 50),
      () => new Array(-1),
      () => 'x'.repeat(2 ** 30),
    ];
    for (const make of impossible) {
      assert.throws(make, (error) => asInkError(error).code === 'INK_OUT_OF_MEMORY');
    }
  });

  it('field report 10: keep their code and remedy when a thread sends them', async () => {
    const module = import.meta.resolve('@inkcast/shared/errors');
    const code = `import { InkError } from ${JSON.stringify(module)};
      throw new InkError('INK_IMAGE_UNREADABLE', 'a.jpg is torn.', { remedy: 'Copy it again.' });`;
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`));
    const [error] = await once(worker, 'error');
    assert.equal(String(asInkError(error)), 'INK_IMAGE_UNREADABLE: a.jpg is torn. Copy it again.');
  });

  it('field report 10: describe refusals of the system in words', () => {
    assert.throws(
      () => readdirSync('/dev/null'),
      (error) => {
        const { code, message } = asInkError(error);
        assert.equal(code, 'INK_SYSTEM_REFUSED');
        assert.equal(message, 'The system refuses scandir /dev/null: a part of the path is not a folder.');
        return true;
      },
    );
  });

  it('have entries of whole sentences', () => {
    for (const [code, entry] of Object.entries(ERROR_CATALOG)) {
      assert.match(entry.summary, /^[A-Z].*\.$/, code);
      assert.match(entry.remedy, /^[A-Z].*\.$/, code);
    }
  });
});
