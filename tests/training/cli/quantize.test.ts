import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleGraph, openBundle } from '@inkcast/shared/bundle';
import { writeBundle } from '@inkcast/training/bundle';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { inkcastTrain } from '../support/command.js';
import { tinyTraining, writeTinyData } from '../support/tiny-data.js';

async function succeed(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await inkcastTrain(...args);
  assert.equal(code, 0, stderr);
  return stdout;
}

/** A bundle that `quantize` made of a short run on tiny data. */
const withBundle = (work: (bundle: string, folder: string) => Promise<void>, ...options: string[]) =>
  inTemporaryFolder(async (folder) => {
    await writeTinyData(folder);
    const [run, bundle] = [join(folder, 'run'), join(folder, 'bars')];
    const training = ['--epochs', '12', '--lr', '0.003', '--validation', '0.25', '--out', run];
    await succeed(...tinyTraining(folder), ...training);
    await succeed('quantize', run, '--out', bundle, ...options);
    await work(bundle, folder);
  });

describe('inkcast-train quantize', () => {
  it('makes a bundle of a run, and evaluate gives the figures of its manifest', () =>
    withBundle(
      async (path, folder) => {
        const bundle = await openBundle(path);
        const { name, version, calibration, metrics, temperature, labels, input, output } = bundle.manifest;
        assert.deepEqual([name, version], ['bars', '2.0.1']);
        assert.deepEqual(calibration, { method: 'mse', images: 50 });
        assert.deepEqual([input.shape, input.dtype, input.zeroPoint], [[1, 12, 12, 1], 'int8', -128]);
        assert.deepEqual([output.shape, output.dtype, output.scale], [[1, labels.length], 'int8', 1 / 256]);
        assert.equal(bundleGraph(bundle).operators.at(-1)?.kind, 'softmax');
        assert.ok(metrics.float.accuracy > 0.9);
        assert.notEqual(temperature, 1);
        const said = JSON.parse(await succeed('evaluate', path, '--data', folder, '--json'));
        assert.equal(said.model, 'bars@2.0.1');
        const { accuracy, loss, perClass, confusion } = said;
        assert.deepEqual({ accuracy, loss, perClass, confusion }, metrics.int8);
        const file = JSON.parse(await succeed('evaluate', join(path, 'model.tflite'), '--data', folder, '--json'));
        assert.equal(file.accuracy, accuracy);
      },
      ...['--calibration', 'mse', '--images', '50', '--bundle-version', '2.0.1'],
    ));

  it('gives a model that takes and gives uint8', () =>
    withBundle(
      async (path, folder) => {
        const { manifest } = await openBundle(path);
        assert.deepEqual([manifest.input.dtype, manifest.input.zeroPoint], ['uint8', 0]);
        const { accuracy } = JSON.parse(await succeed('evaluate', path, '--data', folder, '--json'));
        assert.equal(accuracy, manifest.metrics.int8.accuracy);
      },
      ...['--interface', 'uint8'],
    ));

  it('keeps the float weights, from which finetune goes on', () =>
    withBundle(async (path, folder) => {
      const out = join(folder, 'tuned');
      await succeed('finetune', path, '--data', folder, '--epochs', '1', '--out', out);
      const { test } = JSON.parse(await readFile(join(out, 'run.json'), 'utf8'));
      assert.ok(test.accuracy > 0.9);
    }));

  it('says what is wrong with a run, its data or a number', () =>
    withBundle(async (bundle, folder) => {
      const run = join(folder, 'run');
      const out = ['--out', join(folder, 'other')];
      const failures: [readonly string[], number, RegExp][] = [
        [[bundle, ...out], 1, /^INK_RUN_MISSING: .*recipe\.yaml/m],
        [[run, ...out, '--data', 'mnist'], 1, /^INK_DATASET_INVALID: .* its pictures are 28x28x1/m],
        [[run, ...out, '--images', '0'], 2, /^INK_USAGE: .* a whole number of pictures, and not 0/m],
        [[run, ...out, '--name', 'No Name'], 2, /^INK_USAGE: .* the name "No Name"/m],
        [[run, '--out', folder, '--name', 'n'], 1, /^INK_FILE_UNWRITABLE: .* not a model bundle/m],
      ];
      for (const [args, expected, message] of failures) {
        const { code, stdout, stderr } = await inkcastTrain('quantize', ...args);
        assert.match(stderr, message);
        assert.deepEqual([code, stdout], [expected, '']);
      }
    }));

  it('evaluate refuses model files that are damaged or not the manifest names, by code', () =>
    withBundle(async (path, folder) => {
      const { model, manifest } = await openBundle(path);
      const random = Uint8Array.from({ length: 5000 }, (_, index) => (index * 7919) >> 3);
      const damaged: [string, Uint8Array][] = [
        ['truncated', model.subarray(0, model.length >> 1)],
        ['random', random],
        ['empty', new Uint8Array()],
      ];
      for (const [name, bytes] of damaged) {
        const file = join(folder, `${name}.tflite`);
        await writeFile(file, bytes);
        const { code, stderr } = await inkcastTrain('evaluate', file, '--data', folder);
        assert.match(stderr, /^INK_TFLITE_INVALID: /, name);
        assert.equal(code, 1);
      }
      const other = join(folder, 'other');
      const input = { ...manifest.input, shape: [1, 28, 28, 1] };
      await writeBundle(other, { manifest: { ...manifest, input }, files: new Map([['model.tflite', model]]) });
      const { code, stderr } = await inkcastTrain('evaluate', other);
      assert.match(stderr, /^INK_BUNDLE_INVALID: .* input whose shape is 1x12x12x1, and its manifest says 1x28x28x1/);
      assert.equal(code, 1);
    }));
});
