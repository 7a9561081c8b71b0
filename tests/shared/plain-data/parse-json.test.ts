import assert from 'node:assert/strict';
import { parseJson } from '@inkcast/shared/plain-data';
import fc from 'fast-check';

describe('foreign JSON', () => {
  it('field report 10: is refused if it is nested too deeply', () => {
    for (const text of ['['.repeat(100_000), `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`]) {
      assert.throws(() => parseJson(text), { name: 'SyntaxError', message: /nested too deeply/ });
    }
  });

  it('field report 10: is refused where it may fill the memory', () => {
    const text = `[${'[],'.repeat(6_000_000)}1]`;
    assert.throws(() => parseJson(text), { name: 'SyntaxError', message: /longer than 16777216 characters/ });
  });

  it('is plain data otherwise', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        assert.equal(JSON.stringify(parseJson(JSON.stringify(value))), JSON.stringify(value));
      }),
    );
  });
});
