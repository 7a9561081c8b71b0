import assert from 'node:assert/strict';
import { changedText } from '@inkcast/device/settings';
import fc from 'fast-check';
import { parse } from 'yaml';

/** A key's value as it may be written in a file, and what it means. */
interface Written {
  readonly text: string;
  readonly value: unknown;
}

const comment = fc.stringMatching(/^# ?[a-z:,{}#-]{1,12}$/);

const scalar: fc.Arbitrary<Written> = fc.oneof(
  fc.integer({ min: -99, max: 99 }).map((value) => ({ text: String(value), value })),
  fc.boolean().map((value) => ({ text: String(value), value })),
  fc.constantFrom('plain', 'with space', 'a:b').map((value) => ({ text: value, value })),
  fc.constantFrom('', '# no comment', "it's", '1', 'a: b').map((value) => ({ text: JSON.stringify(value), value })),
  fc.constantFrom('', '# neither', '"', '0x1').map((value) => ({ text: `'${value}'`, value })),
  fc.constant({ text: '', value: null }),
  fc.constant({ text: '[1,  two]', value: [1, 'two'] }),
  fc.constant({ text: '{ x: 1,y: {z: 2} }', value: { x: 1, y: { z: 2 } } }),
);

/** Lines of a section's body, not indented. */
const body = (depth: number): fc.Arbitrary<{ lines: string[]; value: Record<string, unknown> }> =>
  fc
    .array(
      fc.record({
        name: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
        before: fc.array(fc.oneof(comment, fc.constant('')), { maxLength: 2 }),
        behind: fc.option(fc.tuple(fc.constantFrom(' ', '    '), comment)),
        indentation: fc.constantFrom(2, 4),
        content: depth === 0 ? scalar : fc.oneof(scalar, block, list, fc.constant(depth - 1).chain(body)),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map((entries) => {
      const lines: string[] = [];
      const value: Record<string, unknown> = {};
      for (const { name, before, behind, indentation, content } of entries) {
        if (Object.hasOwn(value, name)) continue;
        value[name] = content.value;
        lines.push(...before);
        const end = behind === null ? '' : behind.join('');
        if ('text' in content) lines.push(`${name}:${content.text === '' ? '' : ` ${content.text}`}${end}`);
        else {
          const header = 'header' in content ? content.header : '';
          lines.push(`${name}:${header}${header === '' ? end : ''}`);
          lines.push(...content.lines.map((line) => (line === '' ? '' : ' '.repeat(indentation) + line)));
        }
      }
      return { lines, value };
    });

const block: fc.Arbitrary<{ header: string; lines: string[]; value: string }> = fc.constant({
  header: ' |',
  lines: ['first', '# no comment'],
  value: 'first\n# no comment\n',
});

const list = fc.array(fc.tuple(scalar, fc.option(comment)), { minLength: 1, maxLength: 3 }).map((items) => ({
  lines: items.map(([{ text }, behind]) => `-${text === '' ? '' : ` ${text}`}${behind === null ? '' : ` ${behind}`}`),
  value: items.map(([{ value }]) => value),
}));

const file = fc
  .record({
    content: body(2),
    lineBreak: fc.constantFrom('\n', '\r\n'),
    end: fc.boolean(),
    foot: fc.array(comment, { maxLength: 1 }),
  })
  .map(({ content: { lines, value }, lineBreak, end, foot }) => ({
    text: [...lines, ...foot].join(lineBreak) + (end ? lineBreak : ''),
    value,
  }));

const newValue = fc.oneof(
  scalar.map(({ value }) => value ?? 'set'),
  fc.constantFrom<unknown>(
    'two\nlines',
    [],
    [
      [0, 1],
      [2, 3],
    ],
    [{ name: 'left', area: { x: 1 } }, { name: 'right' }],
    { a: { b: [1] } },
  ),
);

const changes = fc.array(
  fc.tuple(
    fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'new'), { minLength: 1, maxLength: 3 }).map((path) => path.join('.')),
    fc.oneof(newValue, fc.constant(null)),
  ),
  { minLength: 1, maxLength: 4 },
);

/** Comments as the generator writes them: `#` behind white space or at the beginning of a line, and not within quotes. */
function commentsOf(text: string): string[] {
  return text.split(/\r?\n/).flatMap((line) => {
    if (line.trim() === '# no comment') return [];
    const bare = line.replaceAll(/"[^"]*"|'[^']*'/g, (quoted, at: number) =>
      /#/.test(line.slice(0, at)) ? quoted : '_'.repeat(quoted.length),
    );
    const at = bare.search(/(?<=^|\s)#/);
    return at < 0 ? [] : [line.slice(at).trimEnd()];
  });
}

/** What a change means to plain data; undefined where a key stands where a section would have to. */
function changedValue(
  values: Record<string, unknown>,
  path: readonly string[],
  value: unknown,
): Record<string, unknown> {
  const [name, ...rest] = path;
  const inner = values[name];
  const section = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? { ...inner } : undefined;
  if (rest.length === 0) return value === null ? without(values, name) : { ...values, [name]: value };
  if (value === null) {
    if (section === undefined) return values;
    const left = changedValue(section, rest, null);
    return Object.keys(left).length === 0 ? without(values, name) : { ...values, [name]: left };
  }
  return { ...values, [name]: changedValue(section ?? {}, rest, value) };
}

function without(values: Record<string, unknown>, name: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([key]) => key !== name));
}

describe("a configuration file's text", () => {
  it('says after any changes what was wanted, with all its comments', () => {
    fc.assert(
      fc.property(file, changes, ({ text, value }, wanted) => {
        assert.deepEqual(parse(text), value);
        const changed = changedText(text, 'inkcast.yaml', Object.fromEntries(wanted));
        const meant = Object.entries(Object.fromEntries(wanted)).reduce(
          (all, [path, one]) => changedValue(all, path.split('.'), one),
          value,
        );
        assert.deepEqual(parse(changed) ?? {}, meant);
        assert.deepEqual(commentsOf(changed).toSorted(), commentsOf(text).toSorted());
      }),
      { numRuns: 250 },
    );
  });

  it('stays byte for byte where nothing changes, and in every other line where one value does', () => {
    fc.assert(
      fc.property(file, ({ text, value }) => {
        for (const [name, one] of Object.entries(value)) {
          if (one === null) continue;
          assert.equal(changedText(text, 'inkcast.yaml', { [name]: one }), text);
          if (typeof one !== 'number') continue;
          const lines = text.split('\n');
          const changed = changedText(text, 'inkcast.yaml', { [name]: 12345 }).split('\n');
          const differing = lines.filter((line, index) => line !== changed[index]);
          assert.equal(changed.length, lines.length);
          assert.equal(differing.length, 1);
          assert.match(differing[0], new RegExp(`^${name}: ${one}`));
        }
      }),
      { numRuns: 100 },
    );
  });
});
