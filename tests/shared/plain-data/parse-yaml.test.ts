import assert from 'node:assert/strict';
import { InkError } from '@inkcast/shared/errors';
import { parseYaml } from '@inkcast/shared/plain-data';
import fc from 'fast-check';
import { stringify } from 'yaml';

/** Nine aliases of nine aliases, and so on: some bytes that mean gigabytes. */
function bomb(): string {
  const nine = (name: string) => `[${Array.from({ length: 9 }, () => name).join(', ')}]`;
  const levels = [...'bcdefgh'].map((name, at) => `${name}: &${name} ${nine(`*${'abcdefg'[at]}`)}`);
  return [`a: &a ${nine('x')}`, ...levels].join('\n');
}

const REFUSED: readonly (readonly [what: string, text: string, reason: RegExp])[] = [
  ['aliases that mean gigabytes', bomb(), /Excessive alias count/],
  ['an alias within what it means', 'camera: &a\n  folder: *a\n', /an alias stands within what it means/],
  ['an alias of nothing', 'camera: *nothing\n', /Unresolved alias/],
  ['nesting without an end', '['.repeat(100_000), /it is nested too deeply/],
  ['deep nesting', `${'{a: '.repeat(3000)}${'}'.repeat(3000)}`, /it is nested too deeply/],
  ['lists in lists in one line', `${'- '.repeat(5000)}x`, /it is nested too deeply/],
  ['a tag that is not known', 'camera: !mine here\n', /Unresolved tag: !mine/],
  ['a list as a key', '? [a, b]\n: 1\n', /keys/],
  ['more text than fits into memory', '- [a]\n'.repeat(200_000), /it is longer than 1000000 characters/],
  ['two documents', 'a: 1\n---\nb: 2\n', /: it holds multiple documents, separated by ---\.$/],
];

describe('YAML', () => {
  for (const [what, text, reason] of REFUSED) {
    it(`field report 10: with ${what} is refused in one sentence`, () => {
      assert.throws(
        () => parseYaml(text, 'a.yaml', 'INK_CONFIG_INVALID'),
        (error) => {
          assert.ok(error instanceof InkError);
          assert.equal(error.code, 'INK_CONFIG_INVALID');
          assert.match(error.message, /^a\.yaml is not YAML: [^\n]+[^.]\.$/);
          assert.match(error.message, reason);
          return true;
        },
      );
    });
  }

  it('field report 10: is plain data or an error with the code, whatever the text', () => {
    const pieces = fc.constantFrom(
      '&a ',
      '*a',
      '- ',
      'k: ',
      '\n',
      '  ',
      '!!map ',
      '!x ',
      '<<: ',
      '[',
      ']',
      '{',
      '}',
      '? ',
      '"',
      '|',
    );
    const texts = fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 30 });
    fc.assert(
      fc.property(texts, (parts) => {
        try {
          JSON.stringify(parseYaml(parts.join(''), 'a.yaml', 'INK_RECIPE_INVALID'));
        } catch (error) {
          assert.ok(error instanceof InkError && error.code === 'INK_RECIPE_INVALID', String(error));
        }
      }),
    );
  });

  it('is read back as it was written', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        assert.deepEqual(JSON.stringify(parseYaml(stringify(value), 'a', 'INK_CONFIG_INVALID')), JSON.stringify(value));
      }),
    );
  });
});
