import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { READER_NUMBERS } from '@inkcast/reader/numbers';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PARTS = [
  ...['reader/src/vision', 'reader/src/inference', 'reader/src/reading'],
  ...['device/src/vision', 'device/src/inference', 'device/src/alignment'],
];
/** Units, sizes of WebAssembly, what OpenCV's definitions say, the patience with a process, a file's quality, and bounds and defaults of settings. */
const ELSEWHERE = [
  ...['JPEG_QUALITY', 'NOWHERE', 'NO_BALLOT'],
  ...['SLACK_BYTES', 'WEIGHT_ONE', 'MIN_COVER', 'MIN_PIVOT'],
  ...['HOUR_MS', 'VECTOR_BYTES', 'PAGE_BYTES', 'TIMEOUT_MS', 'DEFAULT_ACCEPT_AFTER_MS'],
  ...['MAX_DIGITS_PER_ROW', 'MAX_ROWS', 'MAX_DECIMAL_PLACES', 'MAX_DIGIT_COUNT', 'MAX_ACCEPT_AFTER_MS'],
];

async function sources(): Promise<{ readonly file: string; readonly text: string }[]> {
  const files = await Promise.all(
    PARTS.map(async (part) => {
      const names = await readdir(join(ROOT, part), { recursive: true });
      return names.filter((name) => name.endsWith('.ts')).map((name) => join(part, name));
    }),
  );
  return Promise.all(files.flat().map(async (file) => ({ file, text: await readFile(join(ROOT, file), 'utf8') })));
}

describe('the numbers of the reader', () => {
  it('stand in its table, each with a unit, a meaning and a source', async () => {
    const constants = (await sources()).flatMap(({ file, text }) =>
      [
        ...text.matchAll(/^(?:export )?const ([A-Z][A-Z0-9_]*)(?:: \w+)? = (?:[-(]*[\d.]|Math\.|\{[^}]*: [-\d.]+ )/gm),
      ].map(([, name]) => ({ file, name })),
    );
    assert.ok(constants.length > 0, 'those that stand elsewhere are found');
    assert.deepEqual(
      constants.filter(({ name }) => !ELSEWHERE.includes(name)),
      [],
    );
    for (const [name, { value, unit, meaning, source }] of Object.entries(READER_NUMBERS)) {
      assert.ok(Number.isFinite(value), name);
      assert.ok(
        [unit, meaning, ...Object.values(source)].every((text) => text.length > 2),
        name,
      );
    }
  });

  it('are used, each of them', async () => {
    const text = (await sources()).map((each) => each.text).join('\n');
    assert.deepEqual(
      Object.keys(READER_NUMBERS).filter((name) => !new RegExp(`\\b${name}\\b`).test(text)),
      [],
    );
  });

  it('are those of the documentation', async () => {
    const page = await readFile(join(ROOT, 'docs/numbers.md'), 'utf8');
    const rows = [...page.matchAll(/^\| `(\w+)` +\| (\S+) +\| (.*?) +\| (.*?) +\|/gm)].map(
      ([, name, value, unit, meaning]) => ({ name, value: Number(value), unit, meaning }),
    );
    assert.deepEqual(
      rows,
      Object.entries(READER_NUMBERS).map(([name, { value, unit, meaning }]) => ({
        ...{ name, value: Number(value.toPrecision(6)), unit, meaning },
      })),
    );
  });
});
