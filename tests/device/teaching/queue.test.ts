import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { handwriting, handwrittenOnes, newCrop } from './support/crops.js';
import { QUEUE, withTeaching, withTeachingIn } from './support/with-teaching.js';

/** The same crop as another frame would show it: fainter, and with a little noise. */
const seenAgain = (pixels: Uint8Array) =>
  pixels.map((ink, at) => Math.min(255, Math.round(ink * 0.8) + ((at * 7) % 5)));

describe('the queue of crops', () => {
  it('shows those in most doubt first, and outlives a restart', () =>
    withTeaching(async (teaching, folder) => {
      const [a, b, c] = await handwriting(3);
      assert.equal(await teaching.add([newCrop(a.pixels, 0.9), newCrop(b.pixels, 0.5), newCrop(c.pixels, 0.7)]), 3);
      const shown = await teaching.waiting(10);
      assert.deepEqual(
        shown.map(({ guesses }) => guesses[0].probability),
        [0.5, 0.7, 0.9],
      );
      assert.deepEqual(
        (await teaching.waiting(2, shown[0].id)).map(({ id }) => id),
        [shown[1].id, shown[2].id],
      );
      assert.deepEqual((await teaching.pictures(shown[0].id)).pixels, b.pixels);
      await teaching.stop();
      await withTeachingIn(folder, async (later) => assert.deepEqual(await later.waiting(10), shown));
    }));

  it('drops what looks like a crop that is or was there', () =>
    withTeaching(async (teaching) => {
      const [a, b] = await handwriting(2);
      assert.equal(await teaching.add([newCrop(a.pixels), newCrop(seenAgain(a.pixels))]), 1);
      const [{ id }] = await teaching.waiting(1);
      await teaching.label([id], '7', undefined);
      assert.equal(await teaching.add([newCrop(seenAgain(a.pixels))]), 0);
      await teaching.add([newCrop(b.pixels)]);
      const [{ id: other }] = await teaching.waiting(1);
      await teaching.skip([other]);
      assert.equal(await teaching.add([newCrop(seenAgain(b.pixels))]), 0);
      assert.deepEqual(await teaching.waiting(10), []);
    }));

  it('is bounded by number and size, for those in most doubt', async () => {
    const digits = await handwriting(8);
    const offered = digits.map(({ pixels }, index) => newCrop(pixels, 0.95 - index / 20));
    const most = digits.slice(-3).map(({ pixels }) => pixels);
    for (const queue of [
      { ...QUEUE, maxCount: 3 },
      { ...QUEUE, maxMegabytes: (3 * 784) / 1e6 },
    ]) {
      await withTeaching(
        async (teaching) => {
          for (const crop of offered) await teaching.add([crop]);
          assert.equal(await teaching.add([newCrop(digits[0].pixels, 0.95)]), 0);
          const kept = await Promise.all((await teaching.waiting(10)).map(({ id }) => teaching.pictures(id)));
          assert.deepEqual(
            kept.map(({ pixels }) => pixels),
            most.toReversed(),
          );
        },
        { settings: () => ({ enabled: true, queue, share: false, niceness: 10 }) },
      );
    }
  });

  it('forgets what is too old, and never a label', async () => {
    let now = Date.UTC(2026, 0, 1);
    await withTeaching(
      async (teaching) => {
        const [a, b, c] = await handwriting(3);
        const at = { takenAt: new Date(now) };
        await teaching.add([newCrop(a.pixels, 0.5, at), newCrop(b.pixels, 0.6, at)]);
        const [{ id }] = await teaching.waiting(1);
        await teaching.label([id], '7', undefined);
        now += 31 * 86_400_000;
        await teaching.add([newCrop(c.pixels, 0.5, { takenAt: new Date(now) })]);
        const { queue, labels } = await teaching.state();
        assert.deepEqual([queue.count, labels.count], [1, 1]);
      },
      { now: () => now },
    );
  });

  it('puts look-alikes with the same guess into one group', () =>
    withTeaching(async (teaching) => {
      const ones = await handwrittenOnes(25);
      const [zero] = (await handwriting(20)).filter(({ label }) => label === '0');
      const guesses = (label: string) => ({ guesses: [{ label, probability: 0.6 }] });
      await teaching.add([
        newCrop(zero.pixels, 0, guesses('0')),
        ...ones.map(({ pixels }) => newCrop(pixels, 0, guesses('1'))),
      ]);
      const shown = await teaching.waiting(100);
      const names = new Set(shown.flatMap(({ group }) => group ?? []));
      const largest = [...names].map((name) => shown.filter(({ group }) => group === name));
      assert.ok(largest.some((crops) => crops.length > 2));
      for (const crops of largest) {
        const places = crops.map((crop) => shown.indexOf(crop));
        assert.equal(Math.max(...places) - Math.min(...places), crops.length - 1, 'they follow one another');
        assert.ok(crops.every((crop) => crop.guesses[0].label === crops[0].guesses[0].label));
      }
      assert.equal(shown.find((crop) => crop.guesses[0].label === '0')?.group, undefined);
    }));

  it('takes nothing while teaching is off, and leaves no file', () =>
    withTeaching(
      async (teaching, folder) => {
        const [{ pixels }] = await handwriting(1);
        await assert.rejects(teaching.add([newCrop(pixels)]), { code: 'INK_TEACHING_OFF' });
        assert.deepEqual(await teaching.waiting(10), []);
        assert.deepEqual((await teaching.state()).queue, { count: 0, max: 100 });
        assert.equal(await teaching.purge(), 0);
        assert.ok(!existsSync(join(folder, 'teach.db')));
      },
      { settings: () => ({ enabled: false, queue: QUEUE, share: false, niceness: 10 }) },
    ));
});
