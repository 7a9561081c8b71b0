import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeTflite } from '@inkcast/training/tflite';
import { sampleModel } from '../../support/sample-tflite.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { inkcastTrain } from '../support/command.js';
import { writeTinyData } from '../support/tiny-data.js';

/** A model file of 6x6 pictures, and a folder of such pictures. */
const withModel = (work: (file: string, folder: string) => Promise<void>) =>
  inTemporaryFolder(async (folder) => {
    const file = join(folder, 'sample.tflite');
    await writeFile(file, writeTflite(sampleModel()));
    await writeTinyData(folder, { side: 6 });
    await work(file, folder);
  });

describe('inkcast-train verify', () => {
  it('compares a file with the reference on all test pictures, or the first ones', () =>
    withModel(async (file, folder) => {
      const { code, stdout, stderr } = await inkcastTrain('verify', file, '--data', folder, '--json');
      const { pictures, library, verifications } = JSON.parse(stdout);
      // The weights are random, so the labels may differ for too many pictures.
      const failed = verifications.filter(({ isWithinLimits }: { isWithinLimits: boolean }) => !isWithinLimits);
      assert.equal(code, failed.length === 0 ? 0 : 1);
      for (const { kernels } of failed) assert.match(stderr, new RegExp(`^INK_VERIFY_FAILED: .*: ${kernels}\\.`, 'm'));
      assert.deepEqual([pictures, library], [30, '2.9.0']);
      assert.deepEqual(
        verifications.map(({ kernels }: { kernels: string }) => kernels),
        ['built-in', 'xnnpack'],
      );
      assert.equal(verifications[0].agreement.identical, 30);
      const table = await inkcastTrain('verify', file, '--data', folder, '--images', '12');
      assert.match(table.stdout, /^built-in +12 of 12 +0 LSB +100\.00 %$/m);
      assert.match(table.stdout, /^softmax +36 +0 +0 LSB +0 LSB$/m);
      assert.match(table.stdout, /^This explains all differences of 12 of 12 pictures\.$/m);
      assert.match(table.stdout, /^"logits", the logits, is off by at most \d LSB of 0\.100 \(/m);
    }));

  it('names each rule of the Edge TPU that a file breaks, and how to compile one that breaks none', () =>
    withModel(async (file, folder) => {
      const broken = await inkcastTrain('verify', file, '--edgetpu');
      assert.equal(broken.code, 1);
      assert.match(broken.stdout, /^static-shape: tensor "image": its shape \[-1,6,6,1\] is not fixed$/m);
      assert.match(broken.stderr, /^INK_VERIFY_FAILED: .* breaks \d+ rules of the Edge TPU/);
      const { tensors, ...model } = sampleModel();
      const fixed = join(folder, 'fixed.tflite');
      await writeFile(fixed, writeTflite({ ...model, tensors: tensors.map(({ shapeSignature, ...rest }) => rest) }));
      const whole = await inkcastTrain('verify', fixed, '--edgetpu');
      assert.equal(whole.code, 0, whole.stderr);
      assert.match(whole.stdout, /edgetpu_compiler .*fixed\.tflite/);
      const json = await inkcastTrain('verify', fixed, '--edgetpu', '--json');
      assert.deepEqual(JSON.parse(json.stdout).violations, []);
    }));

  it('refuses a file that is not a model, and an invalid number, with a code', () =>
    withModel(async (file, folder) => {
      const failures: [readonly string[], number, RegExp][] = [
        [[join(folder, 'absent.tflite')], 1, /^INK_FILE_UNREADABLE/],
        [[folder], 1, /^INK_BUNDLE_MISSING/],
        [[join(folder, 'empty.tflite')], 1, /^INK_TFLITE_INVALID/],
        [[join(folder, 'empty.tflite'), '--edgetpu'], 1, /^INK_TFLITE_INVALID/],
        [[file, '--data', folder, '--images', '0.5'], 2, /^INK_USAGE/],
        [[file, '--data', 'mnist'], 1, /^INK_DATASET_INVALID: .* 28x28x1, and the model takes 6x6x1/],
      ];
      await writeFile(join(folder, 'empty.tflite'), '');
      for (const [args, expected, message] of failures) {
        const { code, stdout, stderr } = await inkcastTrain('verify', ...args);
        assert.match(stderr, message);
        assert.deepEqual([code, stdout], [expected, '']);
      }
    }));
});
