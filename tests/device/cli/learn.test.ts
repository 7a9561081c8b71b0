import assert from 'node:assert/strict';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ODD_HAND } from '@inkcast/lab/synthesis';
import { openBundle } from '@inkcast/shared/bundle';
import { addToBundle } from '@inkcast/training/bundle';
import { encodeIdx } from '@inkcast/training/data';
import { lesson, quickBundle } from '../../learning/support/lesson.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { inkcast } from '../support/command.js';

describe('inkcast learn', function () {
  this.timeout(120_000);

  it('learns from an IDX pair, prints the comparison, and says by its exit code whether the model passed', async () => {
    await inTemporaryFolder(async (folder) => {
      const installed = join(folder, 'state/models');
      await mkdir(installed, { recursive: true });
      const base = await quickBundle(folder);
      await addToBundle(base, { version: '9.0.0' });
      await rename(base, join(installed, 'digits@9.0.0'));
      const crops = lesson(ODD_HAND, ['1', '9'], { seed: 1, count: 60 });
      const images = join(folder, 'my-images-idx3-ubyte');
      const pixels = Buffer.concat(crops.map((crop) => crop.pixels));
      await writeFile(images, encodeIdx({ sizes: [60, 28, 28], data: pixels }));
      const labels = Uint8Array.from(crops, ({ label }) => Number(label));
      await writeFile(join(folder, 'my-labels-idx1-ubyte'), encodeIdx({ sizes: [60], data: labels }));
      const out = join(folder, 'taught');
      const words = [
        '--state',
        join(folder, 'state'),
        '--model',
        'digits@9.0.0',
        '--crops',
        images,
        '--out',
        out,
        '--epochs',
        '1',
      ];
      const { code, stdout, stderr } = await inkcast('learn', ...words);
      assert.match(stdout, /^held-back labels: \d+ of 1\d wrong -> \d+ of 1\d wrong \([a-z ]+\)$/m, stderr);
      assert.match(stdout, /^MNIST: 99\.70 % -> 9\d\.\d\d %$/m);
      assert.match(stdout, /^.*taught: digits@9\.0\.0-taught\.1$/m);
      assert.match(stderr, /Left out, because the model contradicts these labels: crop-/);
      const { manifest } = await openBundle(out);
      assert.equal(code, manifest.origin?.report.passed ? 0 : 1);
      assert.equal(/^passed;/m.test(stdout), manifest.origin?.report.passed);
    });
  });

  it('says what is missing: labels, or the folder of them', async () => {
    await inTemporaryFolder(async (folder) => {
      const none = await inkcast('learn', '--state', folder, '--out', join(folder, 'taught'));
      assert.equal(none.code, 1);
      assert.match(none.stderr, /INK_LEARNING_TOO_FEW: There are no labels in/);
      const missing = await inkcast('learn', '--state', folder, '--crops', join(folder, 'nothing'));
      assert.equal(missing.code, 1);
      assert.match(missing.stderr, /INK_FILE_UNREADABLE: There is no file or folder/);
    });
  });
});
