import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { classCounts, DIGIT_CLASSES, readIdxDataset, readMnist } from '@inkcast/training/data';
import { inTemporaryFolder } from '../../support/temporary-folder.js';

const script = fileURLToPath(new URL('../../../scripts/synthesize-crops.mjs', import.meta.url));
const models = fileURLToPath(new URL('../../../models', import.meta.url));
const run = promisify(execFile);

describe('crops to learn from', () => {
  it('are MNIST and what vision proposes in practice frames, in eleven classes', () =>
    inTemporaryFolder(async (folder) => {
      const check = ['digits', 'lenet'].flatMap((name) => ['--check', join(models, name)]);
      const { stdout } = await run(process.execPath, [
        script,
        '--out',
        folder,
        '--frames',
        '8',
        '--seed',
        '9',
        ...check,
      ]);
      assert.match(stdout, /60000 MNIST pictures, \d+ digits and \d+ none of 8 frames, \d+ left out/);
      const pair = {
        images: join(folder, 'train-images-idx3-ubyte'),
        labels: join(folder, 'train-labels-idx1-ubyte'),
      };
      const made = await readIdxDataset('crops', pair, [...DIGIT_CLASSES, 'none']);
      const { train } = await readMnist();
      assert.deepEqual(Buffer.from(made.images.subarray(0, train.images.length)), Buffer.from(train.images));
      const counts = classCounts(made);
      assert.ok(counts[10] > 20, `${counts[10]} none`);
      const extra = counts.slice(0, 10).reduce((sum, count) => sum + count, 0) - 60_000;
      assert.ok(extra > 10, `${extra} digits`);
    })).timeout(120_000);

  it('ask for a folder', async () => {
    await assert.rejects(run(process.execPath, [script]), { code: 2, stderr: /say where to write with --out/ });
  });
});
