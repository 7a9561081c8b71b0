import assert from 'node:assert/strict';
import type { Frame } from '@inkcast/device/camera';
import { ReadingJournal } from '@inkcast/device/daemon';
import { eventSchema, readingSchema } from '@inkcast/shared/messages';
import fc from 'fast-check';

const at = (ms: number): Frame => ({
  width: 640,
  height: 480,
  gray: new Uint8Array(),
  capturedAt: new Date(ms),
  at: ms,
  sequence: 0,
});

function stable(text: string, since: number) {
  const digits = [...text].map((digit, index) => ({
    digit: Number(digit),
    confidence: 0.99,
    row: 0,
    box: { x: 10.5 * index, y: 20, width: 9, height: 30 },
  }));
  const rows = text === '' ? [] : [text];
  return { text, rows, digits, confidence: text === '' ? null : 0.99, since: new Date(since) };
}

describe('the reading journal', () => {
  it('makes valid messages that say what changed, each with an id and number of its own', () => {
    const journal = new ReadingJournal({ model: () => 'digits@1.0.0' });
    const entries = [
      journal.begin(at(0)),
      journal.record(stable('407', 100), at(400)),
      journal.record(stable('408', 500), at(900)),
      journal.record(stable('', 1000), at(1500)),
    ];
    for (const { reading, event } of entries) {
      readingSchema.parse(reading);
      if (event !== undefined) assert.equal(eventSchema.parse(event).id, reading.id);
    }
    assert.deepEqual(
      entries.map(({ event }) => event?.event_type),
      [undefined, 'digits_appeared', 'digits_changed', 'digits_cleared'],
    );
    const readings = entries.map(({ reading }) => reading);
    assert.deepEqual(
      readings.map(({ text, seq }) => [text, seq]),
      [
        ['', 0],
        ['407', 1],
        ['408', 2],
        ['', 3],
      ],
    );
    assert.equal(new Set(readings.map(({ id }) => id)).size, 4);
    assert.deepEqual(readings[1].digits[1].box, [10.5, 20, 9, 30]);
    assert.deepEqual(
      [readings[1].since, readings[1].capturedAt],
      [new Date(100).toISOString(), new Date(400).toISOString()],
    );
    assert.deepEqual([readings[3].confidence, readings[3].rows], [null, []]);
  });

  it('field report 6: gives increasing ids, whatever the date, above those of earlier runs', () => {
    const dates = fc.array(fc.integer({ min: -1e12, max: Date.UTC(2199) }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(dates, dates, (first, second) => {
        const ids: string[] = [];
        for (const run of [first, second]) {
          const newest = ids.at(-1);
          const journal = new ReadingJournal({ model: () => 'digits@1.0.0', newestId: () => newest });
          for (const [index, date] of run.entries()) {
            const { reading } = journal.record(stable(String(index), date), at(date));
            ids.push(readingSchema.parse(reading).id);
          }
        }
        assert.deepEqual(ids, [...new Set(ids)].toSorted());
      }),
    );
  });

  it('sets what a rule rejects beside the last accepted reading, and makes no event of it', () => {
    const journal = new ReadingJournal({ model: () => 'digits@1.0.0' });
    const accepted = journal.record({ ...stable('407', 100), value: '40.7' }, at(400));
    assert.equal(accepted.event?.value, '40.7');
    const refusal = { rule: 'digit-count', reason: 'It has 2 digits, not 3.' } as const;
    const { reading, event } = journal.reject({ ...stable('40', 500), value: '4.0' }, refusal, at(900));
    const { rejected, ...kept } = readingSchema.parse(reading);
    assert.deepEqual(kept, accepted.reading);
    const times = { since: new Date(500).toISOString(), capturedAt: new Date(900).toISOString() };
    assert.deepEqual(rejected, { text: '40', value: '4.0', ...refusal, ...times });
    assert.equal(event, undefined);
    const next = journal.record(stable('409', 1000), at(1500));
    assert.deepEqual([next.reading.rejected, next.event?.event_type], [undefined, 'digits_changed']);
    assert.equal(next.reading.seq, accepted.reading.seq + 1);
  });
});
