import assert from 'node:assert/strict';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { classCounts, DIGIT_CLASSES, readIdxDataset, readMnist } from '@inkcast/training/data';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { lab } from '../support/command.js';

const models = fileURLToPath(new URL('../../../models', import.meta.url));

describe('crops to learn from', () => {
  it('are MNIST and what vision proposes in practice frames, in eleven classes', () =>
    inTemporaryFolder(async (folder) => {
      const check = ['digits', 'lenet'].flatMap((name) => ['--check', join(models, name)]);
      const args = ['--out', folder, '--frames', '8', '--seed', '9', ...check];
      const { code, stdout, stderr } = await lab('synthesize', ...args);
      assert.equal(code, 0, stderr);
      assert.match(stdout, /60,000 MNIST pictures, \d+ digits and \d+ none of 8 frames, \d+ left out/);
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

  it('ask for a folder, and for photographs that are there', async () => {
    const nowhere = await lab('synthesize');
    assert.equal(nowhere.code, 2);
    assert.match(nowhere.stderr, /out/);
    const missing = await lab('synthesize', '--out', 'unused', '--negatives', 'no-such-folder');
    assert.equal(missing.code, 1);
    assert.match(missing.stderr, /INK_FILE_UNREADABLE: There is no folder no-such-folder/);
    const none = await lab('synthesize', '--out', 'unused', '--frames', 'many');
    assert.equal(none.code, 2);
    assert.match(none.stderr, /--frames must be a number, and not "many"/);
  });
});
