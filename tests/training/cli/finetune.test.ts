import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ODD_HAND } from '@inkcast/lab/synthesis';
import { openBundle } from '@inkcast/shared/bundle';
import { loadWeights } from '@inkcast/training/checkpoint';
import { encodeIdx } from '@inkcast/training/data';
import { lesson, quickBundle } from '../../learning/support/lesson.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { inkcastTrain } from '../support/command.js';
import { writeLetters } from '../support/letters.js';

async function runIn(folder: string, name: string, ...args: string[]) {
  const run = join(folder, name);
  const result = await inkcastTrain(...args, '--out', run);
  assert.equal(result.code, 0, result.stderr);
  const summary = JSON.parse(await readFile(join(run, 'run.json'), 'utf8'));
  return { run, summary, trained: await loadWeights(join(run, 'weights.safetensors')) };
}

describe('inkcast-train finetune', () => {
  it('learns other classes from a folder of pictures, with the first layers frozen', () =>
    inTemporaryFolder(async (folder) => {
      await writeLetters(join(folder, 'two'), ['L', 'V'], 20);
      await writeLetters(join(folder, 'three'), ['L', 'T', 'Z'], 20);
      const quick = ['--epochs', '6', '--batch', '8', '--lr', '0.003'];
      const data = (name: string) => ['--data', join(folder, name), ...quick];
      const base = await runIn(folder, 'base', 'train', 'lenet', '--width', '0.25', ...data('two'));
      const tuned = await runIn(
        folder,
        'tuned',
        ...['finetune', base.run, '--freeze-depth', '1', '--validation', '0.2'],
        ...data('three'),
      );
      assert.deepEqual(tuned.trained.labels, ['L', 'T', 'Z']);
      assert.ok(tuned.summary.validation.accuracy > 0.9, JSON.stringify(tuned.summary.validation));

      const [frozen] = base.trained.parameters.keys();
      assert.deepEqual(tuned.trained.parameters.get(frozen), base.trained.parameters.get(frozen));
      const changed = [...tuned.trained.parameters].filter(
        ([name, { data: values }]) => values.join() !== base.trained.parameters.get(name)?.data.join(),
      );
      assert.equal(changed.length, base.trained.parameters.size - 2);

      // The recipe that the run wrote names its base, and runs again.
      const again = await runIn(folder, 'again', 'train', '--recipe', join(tuned.run, 'recipe.yaml'));
      assert.equal(again.summary.weightsSha256, tuned.summary.weightsSha256);
    }));

  it('trains on a replay set too, and refuses one that the recipe does not name', () =>
    inTemporaryFolder(async (folder) => {
      const bundle = await quickBundle(folder);
      const crops = lesson(ODD_HAND, ['1', '9'], { seed: 1, count: 20 });
      const images = join(folder, 'my-images-idx3-ubyte');
      const data = Buffer.concat(crops.map(({ pixels }) => pixels));
      await writeFile(images, encodeIdx({ sizes: [20, 28, 28], data }));
      const labels = Uint8Array.from(crops, ({ label }) => Number(label));
      await writeFile(join(folder, 'my-labels-idx1-ubyte'), encodeIdx({ sizes: [20], data: labels }));
      const quick = ['--epochs', '1', '--freeze-depth', '12', '--data', images, '--test', '0'];
      const tuned = await runIn(folder, 'tuned', 'finetune', bundle, '--replay', bundle, ...quick);
      assert.deepEqual(tuned.summary.labels, (await openBundle(bundle)).manifest.labels);
      assert.equal(tuned.summary.dataset.train, 20 + 562);

      const recipe = join(tuned.run, 'recipe.yaml');
      const text = await readFile(recipe, 'utf8');
      const other = join(folder, 'other.yaml');
      await writeFile(other, text.replace(/(replay:\n(?:.*\n)*? +sha256: )\w+/, `$1${'a'.repeat(64)}`));
      const refused = await inkcastTrain('train', '--recipe', other, '--out', join(folder, 'refused'));
      assert.equal(refused.code, 1);
      assert.match(refused.stderr, /INK_DATASET_INVALID: The replay set of .* is not the one that the recipe names/);
    }));

  it('field report 23: holds out pictures of a folder, on which quantize then scores the model', () =>
    inTemporaryFolder(async (folder) => {
      const data = ['--data', join(folder, 'letters'), '--batch', '8', '--lr', '0.003'];
      await writeLetters(join(folder, 'letters'), ['L', 'V'], 20);
      const base = await runIn(folder, 'base', 'train', 'lenet', '--width', '0.25', '--epochs', '1', ...data);
      const { run, summary } = await runIn(folder, 'tuned', 'finetune', base.run, '--epochs', '1', ...data);
      assert.deepEqual([summary.dataset.train, summary.dataset.test, summary.test.images], [36, 4, 4]);
      for (const options of [[], ['--data', join(folder, 'letters')]]) {
        const out = join(folder, 'bundle');
        const { code, stderr } = await inkcastTrain('quantize', run, '--out', out, ...options);
        assert.equal(code, 0, stderr);
        const { metrics, testedOn } = (await openBundle(out)).manifest;
        assert.equal(metrics.float.accuracy, summary.test.accuracy);
        assert.deepEqual([testedOn?.pictures, testedOn?.test], [4, 0.1]);
        // A model is never tested on its training pictures, unless `--data` names them.
        const evaluated = await inkcastTrain('evaluate', out, '--data', join(folder, 'letters'), '--json');
        assert.equal(JSON.parse(evaluated.stdout).images, 4);
      }
    }));

  it('field report 23: quantizes an older run without held-out pictures, on data that is named', () =>
    inTemporaryFolder(async (folder) => {
      const data = ['--data', join(folder, 'letters'), '--batch', '8', '--lr', '0.003'];
      await writeLetters(join(folder, 'letters'), ['L', 'V'], 20);
      const args = ['train', 'lenet', '--width', '0.25', '--epochs', '1', '--test', '0', ...data];
      const { run, summary } = await runIn(folder, 'old', ...args);
      assert.deepEqual([summary.dataset.train, summary.test], [40, null]);
      const recipe = await readFile(join(run, 'recipe.yaml'), 'utf8');
      await writeFile(join(run, 'recipe.yaml'), recipe.replace(/^test: .*\n/m, ''));
      const out = ['--out', join(folder, 'bundle')];
      const without = await inkcastTrain('quantize', run, ...out);
      assert.equal(without.code, 1);
      assert.match(without.stderr, /^INK_DATASET_INVALID: .* has no test pictures .* Name data with --data/m);
      const named = await inkcastTrain('quantize', run, ...out, '--data', join(folder, 'letters'));
      assert.equal(named.code, 0, named.stderr);
      assert.match(named.stderr, /^.*old was trained on these test pictures\.$/m);
    }));

  it('field report 21: asks for the data to train on, and takes none by default', async () => {
    const { code, stdout, stderr } = await inkcastTrain('finetune', 'models/lenet');
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /^INK_USAGE: Nothing says what models\/lenet is to be trained on\./m);
  });

  it('refuses an invalid base, and an unknown layer', () =>
    inTemporaryFolder(async (folder) => {
      const missing = await inkcastTrain('finetune', join(folder, 'none'), '--data', 'mnist');
      assert.equal(missing.code, 1);
      assert.match(missing.stderr, /^INK_RUN_MISSING: .*none is neither a run folder, a model bundle nor/);
      await writeLetters(join(folder, 'data'), ['L', 'V'], 4);
      const options = ['--data', join(folder, 'data'), '--epochs', '1', '--width', '0.25'];
      const base = await runIn(folder, 'base', 'train', 'lenet', ...options);
      const unknown = await inkcastTrain('finetune', base.run, '--freeze', 'conv_9', '--data', join(folder, 'data'));
      assert.equal(unknown.code, 1);
      assert.match(unknown.stderr, /^INK_GRAPH_INVALID: There is no layer "conv_9"/);
    }));
});
