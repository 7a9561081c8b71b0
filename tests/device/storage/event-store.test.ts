import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type EventStore, readAcceptedOf, readHistoryOf } from '@inkcast/device/storage';
import { sampleEvent } from '@inkcast/lab/broker';
import type { AcceptedValue } from '@inkcast/reader/reading';
import fc from 'fast-check';
import Database from 'libsql';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { historyOf, idOf, idsOf, withStore } from './support.js';

/** A clock that tests drive. */
class Clock {
  #ms = 0;
  readonly now = (): number => this.#ms;

  pass(days: number): void {
    this.#ms += days * 86_400_000;
  }
}

/** So many days ago. */
const at = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

describe('the event store', () => {
  it('keeps what was put and not acknowledged, in order, over restarts', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            { weight: 5, arbitrary: fc.constant('put') },
            { weight: 1, arbitrary: fc.constant('restart') },
            { weight: 4, arbitrary: fc.nat({ max: 5 }) },
          ),
          { minLength: 10, maxLength: 30 },
        ),
        (steps) =>
          inTemporaryFolder(async (folder) => {
            const expected: string[] = [];
            let seq = 0;
            const run = async (store: EventStore, remaining: typeof steps): Promise<typeof steps> => {
              assert.deepEqual(idsOf(store), expected);
              for (const [index, step] of remaining.entries()) {
                if (step === 'restart') return remaining.slice(index + 1);
                if (step === 'put') {
                  const event = sampleEvent(String(seq++));
                  expected.push(event.id);
                  await store.put(event);
                } else if (typeof step === 'number' && step < expected.length) {
                  const { sequence, event } = store.oldest(100)[step];
                  store.acknowledge(sequence);
                  expected.splice(expected.indexOf(event.id), 1);
                }
                assert.deepEqual(idsOf(store), expected);
                assert.equal(store.depth, expected.length);
              }
              return [];
            };
            let remaining = steps;
            do {
              const before = remaining;
              remaining = await withStore(folder, (store) => run(store, before));
            } while (remaining.length > 0);
            await withStore(folder, async (store) => assert.deepEqual(idsOf(store), expected));
          }),
      ),
      { numRuns: 4 },
    )).timeout(120_000);

  it('gives out an event as it was put, and only after it is stored', () =>
    inTemporaryFolder(async (folder) => {
      const event = sampleEvent('407');
      await withStore(folder, async (store) => {
        const stored = store.put(event);
        assert.deepEqual(store.oldest(10), []);
        await stored;
        assert.deepEqual(store.oldest(10)[0].event, event);
      });
      await withStore(folder, async (store) => assert.deepEqual(store.oldest(10)[0].event, event));
    }));

  it('pages by sequence', () =>
    inTemporaryFolder((folder) =>
      withStore(folder, async (store) => {
        const events = Array.from({ length: 5 }, (_, seq) => sampleEvent(String(seq)));
        await Promise.all(events.map((event) => store.put(event)));
        const [first, second] = store.oldest(2);
        assert.deepEqual([first.event.id, second.event.id], events.slice(0, 2).map(idOf));
        assert.deepEqual(
          store.oldest(9, second.sequence).map(({ event }) => event.id),
          events.slice(2).map(idOf),
        );
      }),
    ));

  it('gives up the oldest above its size, counts them and says so, over restarts too', () =>
    inTemporaryFolder(async (folder) => {
      const events = Array.from({ length: 20 }, (_, seq) => sampleEvent(String(100 + seq)));
      const size = Buffer.byteLength(JSON.stringify(events[0]));
      const queue = { maxBytes: 8 * size, maxAgeDays: 7 };
      const left = events.slice(12).map(idOf);
      await withStore(
        folder,
        async (store, reports) => {
          for (const event of events) await store.put(event);
          assert.deepEqual(idsOf(store), left);
          assert.deepEqual(store.status.drops, { size: 12, age: 0, unreadable: 0, refused: 0 });
          assert.deepEqual(reports, ['INK_EVENTS_DROPPED']);
          assert.match(String(store.status.problems[0]?.error.message), /12 events .* 12 for the size of the queue/);
        },
        { queue },
      );
      await withStore(
        folder,
        async (store) => {
          assert.deepEqual(idsOf(store), left);
          assert.equal(store.status.drops.size, 12);
        },
        { queue },
      );
    }));

  it('gives up what is too old, which it counts by the time that it ran', () =>
    inTemporaryFolder(async (folder) => {
      const [old, young] = [sampleEvent('1'), sampleEvent('2')];
      const queue = { maxBytes: 1_000_000, maxAgeDays: 0.5 };
      const clock = new Clock();
      await withStore(
        folder,
        async (store) => {
          await store.put(old);
          clock.pass(0.3);
        },
        { queue, now: clock.now },
      );
      await withStore(
        folder,
        async (store) => {
          assert.deepEqual(idsOf(store), [old.id]);
          clock.pass(0.3);
          await store.put(young);
          assert.deepEqual(idsOf(store), [young.id]);
          assert.deepEqual(store.status.drops, { size: 0, age: 1, unreadable: 0, refused: 0 });
        },
        { queue, now: clock.now },
      );
    }));

  it('field report 6: gives up no event and deletes no reading for a date that the clock told', () =>
    inTemporaryFolder(async (folder) => {
      const dates = ['1969-12-31T23:59:00Z', '1970-01-01T00:00:09Z', '2099-01-01T00:00:00Z', '2026-11-28T10:00:00Z'];
      const events = dates.map((capturedAt, index) => sampleEvent(String(index), { capturedAt }));
      for (const event of events) {
        await withStore(folder, (store) => store.put(event), { history: { maxAgeDays: 1, maxRows: 100 } });
      }
      await withStore(folder, async (store) => {
        assert.deepEqual(idsOf(store), events.map(idOf));
        assert.deepEqual(store.status.drops, { size: 0, age: 0, unreadable: 0, refused: 0 });
        const history = await historyOf(store, 100);
        assert.deepEqual(
          history.map(({ id }) => id),
          events.map(idOf),
        );
        assert.equal(store.newestId, events[3].id);
      });
    }));

  it('field report 8: keeps the last accepted reading over restarts, until it is forgotten', () =>
    inTemporaryFolder(async (folder) => {
      const accepted = { digits: '0407', capturedAt: new Date(1_000_000) };
      const restoredIn = async (work: (store: EventStore) => Promise<void>) => {
        const restored: AcceptedValue[] = [];
        await withStore(folder, work, { restored: (value) => restored.push(value) });
        return restored;
      };
      assert.deepEqual(await restoredIn((store) => store.keepAccepted(accepted)), []);
      assert.deepEqual(readAcceptedOf(folder), accepted);
      assert.deepEqual(await restoredIn(async (store) => store.put(sampleEvent('408'))), [accepted]);
      assert.deepEqual(await restoredIn((store) => store.keepAccepted(null)), [accepted]);
      assert.deepEqual(await restoredIn(async () => {}), []);
      assert.equal(readAcceptedOf(folder), undefined);
    }));

  it('keeps the last accepted reading of each region by itself', () =>
    inTemporaryFolder(async (folder) => {
      const [home, guest] = ['12', '7'].map((digits) => ({ digits, capturedAt: new Date(1_000_000) }));
      await withStore(folder, async (store) => {
        await store.keepAccepted(home, 'home');
        await store.keepAccepted(guest, 'guest');
        assert.deepEqual([store.accepted('home'), store.accepted()], [home, undefined]);
      });
      const restored = new Map<string | undefined, AcceptedValue>();
      const restore = { restored: (value: AcceptedValue, region?: string) => void restored.set(region, value) };
      await withStore(folder, (store) => store.keepAccepted(null, 'guest'), restore);
      assert.deepEqual([...restored].sort(), [
        ['guest', guest],
        ['home', home],
      ]);
      assert.deepEqual([readAcceptedOf(folder, 'home'), readAcceptedOf(folder, 'guest')], [home, undefined]);
      assert.equal(readAcceptedOf(folder), undefined);
    }));

  it('field report 6: keeps all that an Inkcast has stored which counted ages by the date', () =>
    inTemporaryFolder(async (folder) => {
      const event = sampleEvent('407', { capturedAt: '1970-01-01T00:00:09.000Z' });
      const { id, event_type, text, confidence, capturedAt, model } = event;
      const database = new Database(join(folder, 'inkcast.db'));
      database.exec(`CREATE TABLE queue (position INTEGER PRIMARY KEY, event TEXT NOT NULL) STRICT;
        CREATE TABLE dropped (reason TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE history (position INTEGER PRIMARY KEY, id TEXT NOT NULL, event_type TEXT NOT NULL,
          text TEXT NOT NULL, confidence REAL, model TEXT NOT NULL, captured_at INTEGER NOT NULL) STRICT;
        PRAGMA user_version = 1`);
      database.prepare('INSERT INTO queue VALUES (7, ?)').run(JSON.stringify(event));
      database
        .prepare('INSERT INTO history VALUES (7, ?, ?, ?, ?, ?, ?)')
        .run(id, event_type, text, confidence, model, Date.parse(capturedAt));
      database.close();
      // To be looked at before a daemon has brought it to the newest form.
      const entries = readHistoryOf(folder, { limit: 9 });
      assert.deepEqual(entries, [{ id, event_type, text, confidence, capturedAt, model }]);
      await withStore(folder, async (store) => {
        assert.deepEqual(store.oldest(9)[0].event, event);
        assert.deepEqual(await historyOf(store, 9), [{ id, event_type, text, confidence, capturedAt, model }]);
        assert.equal(store.newestId, id);
      });
    }));

  it('keeps the history of what was acknowledged, within days and rows', () =>
    inTemporaryFolder(async (folder) => {
      const events = [9, 3, 2, 1, 0].map((days) => sampleEvent(String(days), { capturedAt: at(days) }));
      const queue = { maxBytes: 1_000_000, maxAgeDays: 100 };
      const clock = new Clock();
      await withStore(
        folder,
        async (store) => {
          for (const event of events) {
            await store.put(event);
            clock.pass(0.1);
          }
          for (const { sequence } of store.oldest(9)) store.acknowledge(sequence);
          const all = await historyOf(store, 100);
          assert.deepEqual(
            all.map(({ id }) => id),
            events.map(idOf),
          );
          const { id, event_type, text, confidence, capturedAt, model } = events[4];
          assert.deepEqual(all[4], { id, event_type, text, confidence, capturedAt, model });
          const newest = await historyOf(store, 2);
          assert.deepEqual(
            newest.map(({ id }) => id),
            events.slice(3).map(idOf),
          );
          const since = await historyOf(store, 100, { from: new Date(at(2.5)) });
          assert.deepEqual(
            since.map(({ id }) => id),
            events.slice(2).map(idOf),
          );
        },
        { queue, now: clock.now },
      );
      const kept = (history: { maxAgeDays: number; maxRows: number }) =>
        withStore(folder, async (store) => (await historyOf(store, 100)).map(({ id }) => id), {
          queue,
          history,
          now: clock.now,
        });
      assert.deepEqual(await kept({ maxAgeDays: 0.45, maxRows: 100 }), events.slice(1).map(idOf));
      assert.deepEqual(await kept({ maxAgeDays: 0.45, maxRows: 3 }), events.slice(2).map(idOf));
      clock.pass(0.9);
      assert.deepEqual(await kept({ maxAgeDays: 0.01, maxRows: 3 }), [events[4].id], 'the newest is kept');
    }));
});
