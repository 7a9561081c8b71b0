import assert from 'node:assert/strict';
import {
  csvOf,
  dayBounds,
  type HistoryEntry,
  type HistoryPage,
  type HistoryQuery,
  jsonOf,
} from '@inkcast/device/storage';
import fc from 'fast-check';

const entry: fc.Arbitrary<HistoryEntry> = fc.record({
  id: fc.constant('01KBE0S2E8Q8MZC5RJ0BVCPZ5N'),
  event_type: fc.constantFrom('digits_appeared' as const, 'digits_changed' as const),
  region: fc.constantFrom('home', '-1', '-', '_'),
  text: fc.oneof(fc.string(), fc.constantFrom('=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '12\n34', '"', 'a,b', "'1")),
  confidence: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  model: fc.constant('digits@2.1.0'),
  capturedAt: fc.constant('2026-11-28T12:00:00.000Z'),
});

/** Reads from a list as a store does, in pages of few entries. */
const reader =
  (entries: readonly HistoryEntry[]) =>
  async ({ before = entries.length + 1, limit }: HistoryQuery): Promise<HistoryPage> => {
    const start = entries.length + 1 - before;
    const end = start + Math.min(limit, 2);
    return { entries: entries.slice(start, end), next: end < entries.length ? entries.length + 1 - end : undefined };
  };

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

/** Records of CSV by RFC 4180. */
function recordsOf(text: string): string[][] {
  const records: string[][] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  let record: string[] = [];
  while (field.lastIndex < text.length) {
    const found = field.exec(text);
    assert.ok(found !== null, 'it is no CSV');
    const [, quoted, plain, end] = found;
    record.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ',') continue;
    records.push(record);
    record = [];
  }
  return records;
}

describe('an exported history', () => {
  it('is CSV by RFC 4180, in which nothing begins like a formula', () =>
    fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 7 }), async (entries) => {
        const [head, ...records] = recordsOf(await textOf(csvOf(reader(entries), {})));
        assert.deepEqual(head, ['capturedAt', 'event_type', 'region', 'text', 'confidence', 'model', 'id']);
        assert.equal(records.length, entries.length);
        for (const [index, record] of records.entries()) {
          const { region = '', text, confidence } = entries[index];
          assert.ok(
            record.every((one) => !/^[=+\-@\t\r]/.test(one)),
            record.join('|'),
          );
          const [place, said] = [region, text].map((one) => (/^[=+\-@\t\r]/.test(one) ? `'${one}` : one));
          assert.deepEqual(record.slice(2, 5), [place, said, confidence === null ? '' : String(confidence)]);
        }
      }),
      { numRuns: 200 },
    ));

  it('is a JSON array', () =>
    fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 7 }), async (entries) => {
        assert.deepEqual(JSON.parse(await textOf(jsonOf(reader(entries), {}))), JSON.parse(JSON.stringify(entries)));
      }),
      { numRuns: 100 },
    ));

  it('of a day ends before the next one begins, also where clocks are set', () => {
    for (const day of ['2026-03-29', '2026-10-25', '2028-02-29', '2026-12-31']) {
      const { from, to } = dayBounds(day) ?? assert.fail(day);
      const next = new Date(to.getTime() + 1);
      assert.deepEqual([from.getHours(), from.getMinutes(), next.getHours()], [0, 0, 0]);
      assert.equal(next.getDate() === 1 || next.getDate() === from.getDate() + 1, true);
    }
    for (const day of ['2026-02-30', '2026-13-01', 'today', '']) assert.equal(dayBounds(day), undefined, day);
  });
});
