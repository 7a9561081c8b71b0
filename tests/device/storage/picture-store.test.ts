import assert from 'node:assert/strict';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type PictureBounds, PictureStore } from '@inkcast/device/storage';
import { sampleEvent } from '@inkcast/lab/broker';
import fc from 'fast-check';
import { ulid } from 'ulid';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { withStore } from './support.js';

const NOW = Date.parse('2026-11-28T12:00:00Z');
const DAY_MS = 86_400_000;
const WIDE: PictureBounds = { maxCount: 100, maxAgeDays: 100, maxMegabytes: 1 };

const idAt = (daysAgo: number): string => ulid(NOW - daysAgo * DAY_MS);
const picture = (bytes: number): Buffer => Buffer.alloc(bytes, 7);

interface Opening {
  readonly bounds?: Partial<PictureBounds>;
  readonly enabled?: boolean;
  /** Whether the history has an event; it has all where nothing is said. */
  readonly isKnown?: (id: string) => boolean;
}

async function withPictures<T>(
  folder: string,
  { bounds = {}, enabled = true, isKnown = () => true }: Opening,
  work: (pictures: PictureStore, reports: readonly string[]) => Promise<T>,
): Promise<T> {
  const reports: string[] = [];
  const pictures = new PictureStore({
    folder: join(folder, 'pictures'),
    enabled,
    bounds: { ...WIDE, ...bounds },
    known: async (ids) => new Set(ids.filter(isKnown)),
    report: ({ code }) => reports.push(code),
    now: () => NOW,
  });
  await pictures.start();
  try {
    return await work(pictures, reports);
  } finally {
    await pictures.stop();
  }
}

const filesIn = async (folder: string) => (await readdir(join(folder, 'pictures'))).toSorted();

describe('the pictures of events', () => {
  it('are kept for the owner alone, over restarts, until they are purged', () =>
    inTemporaryFolder(async (folder) => {
      const ids = [idAt(2), idAt(1)];
      await withPictures(folder, {}, async (pictures) => {
        for (const id of ids) await pictures.keep(id, picture(10));
      });
      const file = await stat(join(folder, 'pictures', `${ids[0]}.jpg`));
      assert.deepEqual([file.mode & 0o777, file.size], [0o600, 10]);
      await withPictures(folder, { enabled: false }, async (pictures) => {
        assert.deepEqual(await pictures.find(ids[1]), picture(10));
        assert.equal(await pictures.find(idAt(0)), undefined);
        await pictures.keep(idAt(0), picture(10));
        assert.equal((await filesIn(folder)).length, 2, 'none is added while none is wanted');
        assert.equal(await pictures.purge(), 2);
        assert.deepEqual(await filesIn(folder), []);
        assert.equal(pictures.has(ids[0]), false);
      });
    }));

  it('are deleted from the oldest on, by count, size and age', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ days: fc.integer({ min: 0, max: 9 }), bytes: fc.integer({ min: 1, max: 400 }) }), {
          minLength: 1,
          maxLength: 8,
        }),
        fc.record({
          maxCount: fc.integer({ min: 1, max: 8 }),
          maxAgeDays: fc.integer({ min: 1, max: 9 }),
          maxMegabytes: fc.integer({ min: 1, max: 900 }).map((bytes) => bytes / 1e6),
        }),
        (all, bounds) =>
          inTemporaryFolder(async (folder) => {
            const kept = all
              .map(({ days, bytes }) => ({ id: idAt(days), bytes }))
              .toSorted((a, b) => (a.id < b.id ? -1 : 1));
            await withPictures(folder, { bounds }, async (pictures) => {
              for (const { id, bytes } of kept) await pictures.keep(id, picture(bytes));
            });
            const expected = kept.filter(({ id }, index) => {
              const [rest, oldest] = [kept.slice(index), idAt(bounds.maxAgeDays).slice(0, 10)];
              const bytes = rest.reduce((sum, one) => sum + one.bytes, 0);
              return rest.length <= bounds.maxCount && bytes <= bounds.maxMegabytes * 1e6 && id.slice(0, 10) >= oldest;
            });
            // One that is larger than all that may be kept is deleted at once, and with it what is older.
            assert.deepEqual(
              await filesIn(folder),
              expected.map(({ id }) => `${id}.jpg`),
            );
          }),
      ),
      { numRuns: 25 },
    ));

  it('are swept: what the history has forgotten, and what a power cut has left half written', () =>
    inTemporaryFolder(async (folder) => {
      const [gone, there] = [idAt(2), idAt(1)];
      await mkdir(join(folder, 'pictures'));
      for (const name of [`${gone}.jpg`, `${there}.jpg`, `${there}.jpg.123.part`, 'other.txt']) {
        await writeFile(join(folder, 'pictures', name), 'x');
      }
      await withPictures(folder, { isKnown: (id) => id !== gone }, async (pictures) => {
        assert.deepEqual(await filesIn(folder), [`${there}.jpg`]);
        assert.deepEqual([pictures.has(gone), pictures.has(there)], [false, true]);
      });
    }));

  it('go with their events out of the history', () =>
    inTemporaryFolder((folder) =>
      withStore(folder, async (store) => {
        const event = sampleEvent('407');
        await store.put(event);
        assert.deepEqual(await store.known([event.id, idAt(3)]), new Set([event.id]));
      }),
    ));

  it('that cannot be written are reported, and the next one is tried', () =>
    inTemporaryFolder(async (folder) => {
      await withPictures(folder, {}, async (pictures, reports) => {
        const id = idAt(1);
        // A folder of that name is in the way.
        await mkdir(join(folder, 'pictures', `${id}.jpg`));
        await pictures.keep(id, picture(10));
        assert.deepEqual(reports, ['INK_FILE_UNWRITABLE']);
        assert.equal(pictures.has(id), false);
        await pictures.keep(idAt(0), picture(10));
        assert.equal((await filesIn(folder)).length, 2);
      });
    }));
});
