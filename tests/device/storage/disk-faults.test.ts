import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { readAcceptedOf } from '@inkcast/device/storage';
import { sampleEvent } from '@inkcast/lab/broker';
import Database from 'libsql';
import type { Context } from 'mocha';
import { z } from 'zod';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { historyOf, idOf, idsOf, withStore } from './support.js';

const timing = { retryMs: 20 };

/** Runs `work` with a separate file system of one MiB, which `remount` can make read-only. */
async function onSmallDisk(
  context: Context,
  work: (folder: string, remount: (options: string) => void) => Promise<void>,
): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    const mount = (...args: readonly string[]) => execFileSync('mount', args, { stdio: 'pipe' });
    try {
      mount('-t', 'tmpfs', '-o', 'size=1m', 'inkcast-test', folder);
    } catch {
      // Only root may mount.
      context.skip();
    }
    try {
      await work(folder, (options) => mount('-o', `remount,${options}`, folder));
    } finally {
      execFileSync('umount', ['-l', folder]);
    }
  });
}

/** Deletes a folder at once: one that shrinks file by file would be written into meanwhile. */
async function vanish(folder: string): Promise<void> {
  await rename(folder, `${folder}-gone`);
  await rm(`${folder}-gone`, { recursive: true });
}

/** All pages of SQLite except the first, which describes the file. */
function damageInside(good: Buffer): Buffer {
  return Buffer.concat([good.subarray(0, 4096), good.map((byte) => byte ^ 0x5a).subarray(4096)]);
}

describe('the event store on a failing disk', () => {
  it('goes on in memory while the disk is full, and writes everything down when there is room again', function () {
    return onSmallDisk(this, async (folder) => {
      const ballast = join(folder, 'ballast');
      const events = Array.from({ length: 30 }, () => sampleEvent('8'.repeat(100)));
      await withStore(
        folder,
        async (store, reports, untilState) => {
          await store.put(events[0]);
          await writeFile(ballast, Buffer.alloc(2 ** 20)).catch(() => {});
          for (const event of events.slice(1)) await store.put(event);
          await untilState('memory');
          assert.deepEqual(idsOf(store), events.map(idOf));
          assert.deepEqual(reports, ['INK_STORAGE_UNAVAILABLE']);
          assert.deepEqual(
            store.status.problems.map(({ error }) => error.code),
            ['INK_STORAGE_UNAVAILABLE'],
          );
          store.acknowledge(store.oldest(1)[0].sequence);
          await rm(ballast);
          await untilState('disk');
          assert.deepEqual(store.status.problems, []);
        },
        { timing },
      );
      await withStore(folder, async (store) => assert.deepEqual(idsOf(store), events.slice(1).map(idOf)));
    });
  });

  it('goes on in memory where the disk has become read-only', function () {
    return onSmallDisk(this, async (folder, remount) => {
      const events = Array.from({ length: 3 }, () => sampleEvent());
      await withStore(folder, (store) => store.put(events[0]));
      remount('ro');
      await withStore(
        folder,
        async (store, reports, untilState) => {
          assert.equal(store.status.state, 'memory');
          assert.deepEqual(reports, ['INK_STORAGE_UNAVAILABLE']);
          await store.put(events[1]);
          assert.deepEqual(idsOf(store), [events[1].id]);
          remount('rw');
          await untilState('disk');
          // What lay on the disk could not be read before, so it comes after what has been put since.
          assert.deepEqual(idsOf(store), [events[1].id, events[0].id]);
          await store.put(events[2]);
        },
        { timing },
      );
      await withStore(folder, async (store) => {
        assert.deepEqual(new Set(idsOf(store)), new Set(events.map(idOf)));
      });
    });
  });

  it('field report 9: says in words why it cannot write, and what was lost where it stops before the disk is back', () =>
    inTemporaryFolder(async (folder) => {
      const file = join(folder, 'taken');
      await writeFile(file, '');
      await mkdir(join(folder, 'inside', 'inkcast.db'), { recursive: true });
      for (const [place, reason] of [
        [file, 'a file of that name is in the way'],
        [join(file, 'below'), 'a part of the path is not a folder'],
        [join(folder, 'inside'), 'it cannot be opened or created'],
      ]) {
        const reports: string[] = [];
        await withStore(place, (store) => store.put(sampleEvent()), { report: ({ message }) => reports.push(message) });
        assert.equal(reports[0], `The database in ${place} cannot be written: ${reason}.`);
        assert.match(reports[1], /^1 events were only in memory/);
      }
    }));

  for (const [what, damage] of [
    ['was emptied', () => Buffer.alloc(0)],
    ['is no database', () => Buffer.from('not a database'.repeat(1000))],
    ['is damaged in its first page', (good: Buffer) => Buffer.concat([good.subarray(0, 100), good.subarray(2100)])],
    ['is damaged in its other pages', damageInside],
  ] as const) {
    const line = what === 'was emptied' ? 'field report 9: ' : '';
    it(`${line}sets a file aside that ${what}, says so, and begins a new one`, () =>
      inTemporaryFolder(async (folder) => {
        const file = join(folder, 'inkcast.db');
        await withStore(folder, (store) => store.put(sampleEvent()));
        const damaged = damage(await readFile(file));
        await writeFile(file, damaged);
        const event = sampleEvent();
        await withStore(folder, async (store, reports) => {
          assert.deepEqual(reports, ['INK_STORAGE_DAMAGED']);
          assert.equal(store.status.state, 'disk');
          await store.put(event);
        });
        await withStore(folder, async (store, reports) => {
          assert.deepEqual(reports, []);
          assert.deepEqual(idsOf(store), [event.id]);
        });
        const aside = (await readdir(folder)).find((name) => /^damaged-.*\.db$/.test(name));
        assert.deepEqual(await readFile(join(folder, String(aside))), damaged);
      }));
  }

  it('writes every event anew where the database is damaged while it is open', () =>
    inTemporaryFolder(async (folder) => {
      const file = join(folder, 'inkcast.db');
      const events = Array.from({ length: 40 }, () => sampleEvent('8'.repeat(100)));
      await withStore(folder, async (store, reports, untilState) => {
        for (const event of events.slice(0, 20)) await store.put(event);
        // After another connection has written, SQLite reads the pages of the file again.
        const other = new Database(file);
        other.exec(`INSERT INTO dropped VALUES ('size', 0); PRAGMA wal_checkpoint(TRUNCATE);`);
        other.close();
        await writeFile(file, damageInside(await readFile(file)), { flag: 'r+' });
        for (const event of events.slice(20)) await store.put(event);
        await untilState('disk');
        assert.deepEqual(reports, ['INK_STORAGE_DAMAGED']);
        assert.deepEqual(idsOf(store), events.map(idOf));
      });
      await withStore(folder, async (store) => assert.deepEqual(idsOf(store), events.map(idOf)));
    }));

  for (const [what, remove] of [
    ['folder', vanish],
    ['database', (folder: string) => rm(join(folder, 'inkcast.db'))],
    ['log of the database', (folder: string) => rm(join(folder, 'inkcast.db-wal'))],
  ] as const) {
    it(`field report 9: notices that the ${what} was deleted, says so, and writes everything again`, () =>
      inTemporaryFolder(async (parent) => {
        const folder = join(parent, 'state');
        const [sent, waiting, late] = Array.from({ length: 3 }, () => sampleEvent());
        const said = await withStore(
          folder,
          async (store, reports, untilState) => {
            await store.keepAccepted({ digits: '407', capturedAt: new Date(0) });
            await store.put(sent);
            await store.put(waiting);
            store.acknowledge(store.oldest(1)[0].sequence);
            await remove(folder);
            // Nothing is put meanwhile: it is found by looking.
            await untilState('memory');
            await untilState('disk');
            assert.deepEqual(reports, ['INK_STORAGE_LOST']);
            assert.match(String(store.status.problems[0].error.message), /was deleted while .* written again, whole/);
            await store.put(late);
            assert.deepEqual(idsOf(store), [waiting.id, late.id]);
            await remove(folder);
            await untilState('memory');
            await untilState('disk');
            return reports;
          },
          { timing: { ...timing, checkMs: 20 } },
        );
        assert.deepEqual(said, ['INK_STORAGE_LOST', 'INK_STORAGE_LOST']);
        assert.equal(readAcceptedOf(folder)?.digits, '407', 'as field report 8 asks for');
        await withStore(folder, async (store) => {
          assert.deepEqual(idsOf(store), [waiting.id, late.id]);
          const history = await historyOf(store, 9);
          assert.deepEqual(
            history.map(({ id }) => id),
            [sent, waiting, late].map(idOf),
          );
        });
      }));
  }

  it('field report 9: calls no event safe that went into files that were deleted', () =>
    inTemporaryFolder(async (parent) => {
      const folder = join(parent, 'state');
      const events = Array.from({ length: 3 }, () => sampleEvent());
      await withStore(folder, async (store, _, untilState) => {
        await store.put(events[0]);
        await vanish(folder);
        await store.put(events[1]);
        assert.equal(store.status.state, 'memory');
        await untilState('disk');
        await store.put(events[2]);
        await vanish(folder);
        assert.deepEqual(idsOf(store), events.map(idOf));
      });
      await withStore(folder, async (store) => assert.deepEqual(idsOf(store), events.map(idOf)));
    }));

  it('field report 9: writes what waits into another database that took the place of its own, and sends what is there', () =>
    inTemporaryFolder(async (parent) => {
      const [ours, theirs, late] = Array.from({ length: 3 }, () => sampleEvent());
      const [folder, other] = [join(parent, 'state'), join(parent, 'other')];
      await withStore(other, (store) => store.put(theirs));
      await withStore(folder, async (store, reports, untilState) => {
        await store.put(ours);
        await vanish(folder);
        await rename(other, folder);
        await store.put(late);
        await untilState('disk');
        assert.deepEqual(reports, ['INK_STORAGE_LOST']);
        assert.deepEqual(idsOf(store), [ours, late, theirs].map(idOf));
      });
      await withStore(folder, async (store) => {
        assert.deepEqual(new Set(idsOf(store)), new Set([ours, theirs, late].map(idOf)));
      });
    }));

  it('field report 9: keeps a second daemon out though the lock was deleted', () =>
    inTemporaryFolder((folder) =>
      withStore(
        folder,
        async () => {
          await rm(join(folder, 'inkcast.lock'));
          while (!existsSync(join(folder, 'inkcast.lock'))) await setImmediate();
          await assert.rejects(
            withStore(folder, async () => {}),
            { code: 'INK_STORAGE_TAKEN' },
          );
        },
        { timing: { ...timing, checkMs: 20 } },
      ),
    ));

  for (const [what, size] of [
    ['emptied', 0],
    ['cut short', 8192],
  ] as const) {
    it(`field report 9: notices that the database was ${what} while it is open, and writes everything again`, () =>
      inTemporaryFolder(async (folder) => {
        const events = Array.from({ length: 40 }, () => sampleEvent('8'.repeat(100)));
        const [first, ...others] = events;
        await withStore(
          folder,
          async (store, reports, untilState) => {
            for (const event of others) void store.put(event);
            await store.put(first);
            const other = new Database(join(folder, 'inkcast.db'));
            other.exec('PRAGMA wal_checkpoint(TRUNCATE)');
            other.close();
            await truncate(join(folder, 'inkcast.db'), size);
            await untilState('memory');
            await untilState('disk');
            assert.deepEqual(reports, ['INK_STORAGE_DAMAGED']);
            assert.match(String(store.status.problems[0].error.message), /damaged \(it was cut short\); it is kept as/);
          },
          { timing: { ...timing, checkMs: 20 } },
        );
        await withStore(folder, async (store) => {
          assert.deepEqual(new Set(idsOf(store)), new Set(events.map(idOf)));
        });
      }));
  }

  it('field report 9: takes no database that it could not make for one that was emptied', function () {
    return onSmallDisk(this, async (folder) => {
      await writeFile(join(folder, 'ballast'), Buffer.alloc(2 ** 20)).catch(() => {});
      const event = sampleEvent();
      await withStore(
        folder,
        async (store, reports, untilState) => {
          await store.put(event);
          await rm(join(folder, 'ballast'));
          await untilState('disk');
          assert.deepEqual(reports, ['INK_STORAGE_UNAVAILABLE']);
        },
        { timing },
      );
      await withStore(folder, async (store) => assert.deepEqual(idsOf(store), [event.id]));
    });
  });

  it('drops an event that cannot be read any more, and counts it', () =>
    inTemporaryFolder(async (folder) => {
      const events = Array.from({ length: 3 }, () => sampleEvent());
      await withStore(folder, async (store) => {
        for (const event of events) await store.put(event);
      });
      const database = new Database(join(folder, 'inkcast.db'));
      database.exec(`UPDATE queue SET event = '{"event_type":"digits_cha' WHERE position = 2`);
      database.close();
      await withStore(folder, async (store) => {
        assert.deepEqual(idsOf(store), [events[0].id, events[2].id]);
        assert.deepEqual(store.status.drops, { size: 0, age: 0, unreadable: 1, refused: 0 });
      });
    }));

  it('says that a reading of the history is damaged, and goes on', () =>
    inTemporaryFolder(async (folder) => {
      await withStore(folder, async (store) => {
        await store.put(sampleEvent());
        const database = new Database(join(folder, 'inkcast.db'));
        database.exec(`UPDATE history SET event_type = 'digits_chanfed'`);
        database.close();
        await assert.rejects(store.history({ limit: 1 }), { code: 'INK_STORAGE_UNAVAILABLE' });
        assert.equal(store.status.state, 'disk');
      });
    }));

  it('leaves the database of a newer Inkcast alone', () =>
    inTemporaryFolder(async (folder) => {
      const event = sampleEvent();
      await withStore(folder, (store) => store.put(event));
      const file = join(folder, 'inkcast.db');
      const setVersion = (version: number): number => {
        const database = new Database(file);
        const before = z.object({ user_version: z.int() }).parse(database.prepare('PRAGMA user_version').get());
        database.exec(`PRAGMA user_version = ${version}`);
        database.close();
        return before.user_version;
      };
      const version = setVersion(999);
      await withStore(folder, async (store, reports) => {
        assert.deepEqual(reports, ['INK_STORAGE_NEWER']);
        assert.equal(store.status.state, 'memory');
      });
      setVersion(version);
      await withStore(folder, async (store) => assert.deepEqual(idsOf(store), [event.id]));
    }));
});
