import assert from 'node:assert/strict';
import { type Batches, BatchLoader, type Dataset, type LoaderOptions } from '@inkcast/training/data';
import { InPlaceLoader } from '@inkcast/training/data/portable';

/** Pictures of one pixel that contains the index of the picture. */
const dataset: Dataset = {
  name: 'numbered',
  shape: [1, 1, 1],
  images: Uint8Array.from({ length: 50 }, (_, index) => index),
  labels: Uint16Array.from({ length: 50 }, (_, index) => index % 3),
  classes: ['a', 'b', 'c'],
  sha256: {},
};

async function withLoader<T>(options: Partial<LoaderOptions>, work: (loader: BatchLoader) => Promise<T>): Promise<T> {
  const loader = new BatchLoader({ dataset, batchSize: 8, seed: 1, augmentation: [], ...options });
  await loader.start();
  try {
    return await work(loader);
  } finally {
    await loader.stop();
  }
}

/** The places of the pictures of each batch. */
async function epoch(loader: Batches, number: number, firstStep = 0): Promise<number[][]> {
  const batches: number[][] = [];
  for await (const { images, labels, count } of loader.epoch(number, firstStep)) {
    const places = Array.from(images, (value) => Math.round(value * 255));
    assert.equal(places.length, count);
    assert.deepEqual(
      [...labels],
      places.map((place) => place % 3),
    );
    batches.push(places);
  }
  return batches;
}

describe('the batch loader', () => {
  it('delivers every picture once per epoch; the last batch contains the rest', () =>
    withLoader({}, async (loader) => {
      const batches = await epoch(loader, 0);
      assert.deepEqual(
        batches.map((batch) => batch.length),
        [8, 8, 8, 8, 8, 8, 2],
      );
      const places = batches.flat().sort((a, b) => a - b);
      assert.deepEqual(places, Array.from(dataset.images));
    }));

  it('shuffles every epoch anew, by the seed', async () => {
    const [first, second] = await withLoader({}, async (loader) => [await epoch(loader, 0), await epoch(loader, 1)]);
    assert.notDeepEqual(first, second);
    assert.deepEqual(await withLoader({}, (loader) => epoch(loader, 1)), second);
    assert.notDeepEqual(await withLoader({ seed: 2 }, (loader) => epoch(loader, 0)), first);
  });

  it('delivers the same batches as one without a thread', () =>
    withLoader({}, async (loader) => {
      const inPlace = new InPlaceLoader({ dataset, batchSize: 8, seed: 1, augmentation: [] });
      assert.equal(inPlace.stepsPerEpoch, loader.stepsPerEpoch);
      for (const number of [0, 2]) assert.deepEqual(await epoch(inPlace, number), await epoch(loader, number));
      assert.deepEqual(await epoch(inPlace, 1, 5), await epoch(loader, 1, 5));
    }));

  it('goes on in the middle of an epoch as an unbroken one would', () =>
    withLoader({}, async (loader) => {
      const whole = await epoch(loader, 3);
      assert.deepEqual(await epoch(loader, 3, 4), whole.slice(4));
    }));

  it('can be left in the middle and asked for another epoch', () =>
    withLoader({}, async (loader) => {
      for await (const batch of loader.epoch(0)) {
        assert.equal(batch.count, 8);
        break;
      }
      assert.equal((await epoch(loader, 1)).flat().length, 50);
    }));

  it('augments in its thread, the same for the same seed', async () => {
    const options = { augmentation: [{ kind: 'noise' as const, deviation: 0.5, probability: 1 }] };
    const pixels = () =>
      withLoader(options, async (loader) => {
        const values: number[] = [];
        for await (const { images } of loader.epoch(0)) values.push(...images);
        return values;
      });
    const once = await pixels();
    assert.ok(new Set(once).size > 25);
    assert.ok(once.some((value) => !Number.isInteger(Math.fround(value * 255))));
    assert.deepEqual(await pixels(), once);
  });
});
