import assert from 'node:assert/strict';
import { rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type { Teaching } from '@inkcast/device/teaching';
import Database from 'libsql';
import { handwriting, newCrop } from './support/crops.js';
import { withTeaching, withTeachingIn } from './support/with-teaching.js';

/** Puts so many crops into the queue. @returns their ids, as they are shown */
async function fill(teaching: Teaching, count: number): Promise<string[]> {
  await teaching.add((await handwriting(count)).map(({ pixels }) => newCrop(pixels)));
  return (await teaching.waiting(count)).map(({ id }) => id);
}

describe('labels', () => {
  it('are given to crops, and every fifth is held back for good', () =>
    withTeaching(async (teaching, folder) => {
      const ids = await fill(teaching, 12);
      const heldBack: string[] = [];
      for (const id of ids.slice(0, 9)) heldBack.push(...(await teaching.label([id], '4', 'ana')).heldBack);
      assert.deepEqual(heldBack, [ids[4]]);
      const rest = await teaching.label(ids.slice(9), 'none', undefined);
      assert.deepEqual(rest, { heldBack: [ids[9]], remaining: 0 });
      const counts = { count: 12, learning: 10, heldBack: 2, byClass: { 4: 9, none: 3 } };
      assert.deepEqual((await teaching.state()).labels, counts);
      // Another label, and one that was taken back and given again, change nothing about that.
      await teaching.label([ids[4]], '5', undefined);
      await teaching.undo();
      await teaching.undo();
      assert.deepEqual((await teaching.label(ids.slice(9), '3', undefined)).heldBack, [ids[9]]);
      await teaching.stop();
      await withTeachingIn(folder, async (later) => {
        assert.deepEqual((await later.state()).labels, { ...counts, byClass: { 3: 3, 4: 9 } });
      });
    }));

  it('are taken back one after the other, whatever they were', () =>
    withTeaching(async (teaching) => {
      const [a, b, c] = await fill(teaching, 3);
      await teaching.label([a, b], '1', undefined);
      await teaching.skip([c]);
      await teaching.label([a], '2', undefined);
      await teaching.confirm([b]);
      const undone = async () => {
        const one = await teaching.undo();
        return one && [one.label, one.crops.map(({ id }) => id)];
      };
      assert.deepEqual(await undone(), ['1', []]);
      assert.deepEqual(await undone(), ['2', []]);
      assert.deepEqual((await teaching.state()).labels.byClass, { 1: 2 });
      assert.deepEqual(await undone(), [undefined, [c]]);
      assert.deepEqual(await undone(), ['1', [a, b]]);
      assert.equal(await undone(), undefined);
      assert.deepEqual((await teaching.waiting(10)).map(({ id }) => id).toSorted(), [a, b, c].toSorted());
    }));

  it('are refused as a whole where one crop is gone, or for what is no class', () =>
    withTeaching(async (teaching) => {
      const [a] = await fill(teaching, 2);
      const gone = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
      await assert.rejects(teaching.label([a, gone], '1', undefined), { code: 'INK_CROP_MISSING' });
      await assert.rejects(teaching.skip([a, gone]), { code: 'INK_CROP_MISSING' });
      await assert.rejects(teaching.confirm([a]), { code: 'INK_CROP_MISSING' });
      await assert.rejects(teaching.label([a], 'x', undefined), { code: 'INK_REQUEST_INVALID' });
      assert.equal((await teaching.state()).labels.count, 0);
      assert.equal(await teaching.undo(), undefined);
      await teaching.setClasses(['x', 'y']);
      assert.deepEqual((await teaching.state()).classes, ['x', 'y']);
      await teaching.label([a], 'x', undefined);
      await teaching.setClasses(null);
      assert.deepEqual((await teaching.state()).classes, [...'0123456789']);
    }));

  it('leave with the queue in one purge', () =>
    withTeaching(async (teaching) => {
      const [a] = await fill(teaching, 3);
      await teaching.label([a], '1', undefined);
      assert.equal(await teaching.purge(), 3);
      const { queue, labels } = await teaching.state();
      assert.deepEqual([queue.count, labels.count], [0, 0]);
      assert.equal(await teaching.undo(), undefined);
      await assert.rejects(teaching.pictures(a), { code: 'INK_CROP_MISSING' });
    }));

  it('come out of both archives as they went in', () =>
    withTeaching(async (teaching) => {
      const digits = await handwriting(12);
      await teaching.setClasses(['a b', '../x', '7']);
      const ids = await fill(teaching, 12);
      for (const [index, id] of ids.entries()) {
        await teaching.label([id], ['a b', '../x', '7', 'none'][index % 4], undefined);
      }
      const before = await teaching.state();
      for (const form of ['idx', 'folders'] as const) {
        const packed = await teaching.export(form);
        assert.equal(await teaching.import(packed), 0, 'it is all there already');
        await withTeaching(async (other) => {
          assert.equal(await other.import(packed), 12);
          const after = await other.state();
          assert.deepEqual(after.labels, before.labels);
          assert.deepEqual(after.classes, [...'0123456789', '../x', 'a b']);
          assert.equal(await other.add(digits.map(({ pixels }) => newCrop(pixels))), 0, 'they are the same crops');
          await other.undo();
          assert.equal((await other.state()).labels.count, 0);
        });
      }
    }));

  it('refuse archives of something else', () =>
    withTeaching(async (teaching) => {
      for (const packed of [Buffer.from('no archive'), Buffer.alloc(1024), Buffer.alloc(0)]) {
        await assert.rejects(teaching.import(packed), { code: 'INK_DATASET_INVALID' });
      }
      await assert.rejects(teaching.export('idx'), { code: 'INK_DATASET_INVALID' });
    }));

  it('are never acknowledged where the file is gone, and a damaged file is set aside', () =>
    withTeaching(async (teaching, folder) => {
      const [a] = await fill(teaching, 2);
      for (const part of ['', '-wal', '-shm']) await rm(join(folder, `teach.db${part}`), { force: true });
      await assert.rejects(teaching.label([a], '1', undefined), { code: 'INK_STORAGE_UNAVAILABLE' });
      assert.equal(teaching.problems.size, 1);
      const [b] = await fill(teaching, 2);
      assert.equal(teaching.problems.size, 0);
      await teaching.label([b], '1', undefined);
      await teaching.stop();
      await truncate(join(folder, 'teach.db'), 5000);
      await assert.rejects(teaching.label([b], '1', undefined), { code: 'INK_STORAGE_DAMAGED', message: /kept as/ });
      assert.equal((await fill(teaching, 2)).length, 2);
    }));

  it('outlive an update from a version that kept no picture around a crop', () =>
    withTeaching(async (teaching, folder) => {
      const [id] = await fill(teaching, 2);
      await teaching.label([id], '4', undefined);
      await teaching.stop();
      const database = new Database(join(folder, 'teach.db'));
      database.exec('ALTER TABLE crop DROP COLUMN around; ALTER TABLE crop DROP COLUMN around_window;');
      database.exec('PRAGMA user_version = 1');
      database.close();
      await withTeachingIn(folder, async (later) => {
        await later.add([newCrop((await handwriting(3))[2].pixels)]);
        const { labels, queue } = await later.state();
        assert.deepEqual([labels.count, queue.count], [1, 2]);
      });
    }));
});
