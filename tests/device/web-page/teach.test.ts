import assert from 'node:assert/strict';
import fc from 'fast-check';
import { classesIn } from '../../../device/web/src/teach/class-names.js';
import { commandOf, keyName, keysFor, NONE } from '../../../device/web/src/teach/keys.js';

const DIGITS = [...'0123456789'];

describe('the keys for labels', () => {
  it('are the digits themselves, N, S and Backspace', () => {
    const keys = keysFor(DIGITS);
    const said = [...DIGITS, 'n', 'N', 's', 'S', 'Backspace', 'x', 'Enter', '-'].map((key) => commandOf(key, keys));
    assert.deepEqual(said, [
      ...DIGITS.map((label) => ({ kind: 'label', label })),
      { kind: 'label', label: NONE },
      { kind: 'label', label: NONE },
      { kind: 'skip' },
      { kind: 'skip' },
      { kind: 'undo' },
      ...[undefined, undefined, undefined],
    ]);
  });

  it('are the letters themselves, which come before none and skip', () => {
    const keys = keysFor(['N', 'S', 'a', 'A', 'B']);
    assert.deepEqual(
      [...keys.labels],
      [
        ['a', 'a'],
        ['N', 'n'],
        ['S', 's'],
        ['A', 'A'],
        ['B', 'b'],
        [NONE, '-'],
      ],
    );
    assert.equal(keys.skip, '.');
    assert.deepEqual(commandOf('A', keys), { kind: 'label', label: 'A' });
    assert.deepEqual(commandOf('B', keys), { kind: 'label', label: 'B' });
    assert.deepEqual(['a', 'A'].map(keyName), ['A', '⇧A']);
  });

  it('are letters of a word, or any that is free', () => {
    assert.deepEqual([...keysFor(['tick', 'tock', '勾', 'n']).labels.values()], ['n', '-', 't', 'o', 'a']);
  });

  it('never mean two things, whatever the classes are called', () => {
    const name = fc.oneof(
      fc.constantFrom(...'0123456789abcnsxABCNSX', 'none', 'skip', 'undo', 'Backspace', '-', '.', ','),
      fc.string({ minLength: 1, maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 2, maxLength: 100 }), (classes) => {
        const keys = keysFor(classes);
        const all = [...keys.labels.values(), keys.skip];
        assert.equal(new Set(all).size, all.length);
        for (const [label, key] of keys.labels) assert.deepEqual(commandOf(key, keys), { kind: 'label', label });
        assert.deepEqual(commandOf(keys.skip, keys), { kind: 'skip' });
        assert.deepEqual(commandOf('Backspace', keys), { kind: 'undo' });
        assert.ok(keys.labels.has(NONE));
      }),
    );
  });
});

describe('names of classes', () => {
  it('are between spaces or commas, each once, none left out', () => {
    assert.deepEqual(classesIn(' a  b b\tc '), ['a', 'b', 'c']);
    assert.deepEqual(classesIn('long s, ß，勾、none,,'), ['long s', 'ß', '勾']);
    assert.deepEqual(classesIn(''), []);
  });
});
