import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBundle } from '@inkcast/shared/bundle';
import { writeBundle } from '@inkcast/training/bundle';
import { inkcastTrain } from '../support/command.js';
import { writeLetters } from '../support/letters.js';
import { tinyTraining, writeTinyData } from '../support/tiny-data.js';

async function succeed(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await inkcastTrain(...args);
  assert.equal(code, 0, stderr);
  return stdout;
}

describe('inkcast-train quantize', () => {
  let [folder, run] = ['', ''];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inkcast-test-'));
    run = join(folder, 'run');
    await writeTinyData(folder);
    const training = ['--epochs', '12', '--lr', '0.003', '--validation', '0.25', '--out', run];
    await succeed(...tinyTraining(folder), ...training);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** Quantizes the run into a bundle. */
  const bundleOf = async (name: string, ...options: string[]): Promise<string> => {
    const out = join(folder, name);
    await succeed('quantize', run, '--out', out, ...options);
    return out;
  };

  it('writes a bundle of a run, and evaluate gives the results in its manifest', async () => {
    const options = ['--calibration', 'mse', '--images', '50', '--bundle-version', '2.0.1'];
    const path = await bundleOf('bars', ...options);
    const bundle = await openBundle(path);
    const { name, version, calibration, metrics, temperature, labels, input, output } = bundle.manifest;
    assert.deepEqual([name, version], ['bars', '2.0.1']);
    assert.deepEqual(calibration, { method: 'mse', images: 50 });
    assert.deepEqual([input.shape, input.dtype, input.zeroPoint], [[1, 12, 12, 1], 'int8', -128]);
    assert.deepEqual([output.shape, output.dtype, output.scale], [[1, labels.length], 'int8', 1 / 256]);
    assert.ok(metrics.float.accuracy > 0.9);
    assert.notEqual(temperature, 1);
    const said = JSON.parse(await succeed('evaluate', path, '--data', folder, '--json'));
    assert.equal(said.model, 'bars@2.0.1');
    const { accuracy, loss, perClass, confusion } = said;
    assert.deepEqual({ accuracy, loss, perClass, confusion }, metrics.int8);
    const file = JSON.parse(await succeed('evaluate', join(path, 'model.tflite'), '--data', folder, '--json'));
    assert.equal(file.accuracy, accuracy);
  });

  it('reports each layer, and where the error comes from', async () => {
    const out = join(folder, 'layers');
    const table = await succeed('quantize', run, '--out', out);
    const { files } = await openBundle(out);
    const { layers } = JSON.parse(Buffer.from(files.get('quantization.json') ?? []).toString());
    assert.deepEqual(
      layers.map(({ operator }: { operator: string }) => operator),
      ['conv2d', 'maxPool2d', 'conv2d', 'maxPool2d', 'reshape', 'fullyConnected', 'fullyConnected', 'softmax'],
    );
    for (const { layer, range, scale, signalToNoise, weightScales, operator } of layers) {
      assert.ok(Math.abs(range[1] - range[0] - 255 * scale) < 1e-6);
      assert.ok(signalToNoise > 20 && signalToNoise < 80, layer);
      assert.equal(weightScales !== null, /conv2d|fullyConnected/.test(operator));
      assert.match(table, new RegExp(`^${layer} +${operator} .* ${signalToNoise.toFixed(1)} `, 'm'));
    }
    const weights = layers.map(({ errorWeight }: { errorWeight: number }) => errorWeight);
    assert.ok(Math.abs(weights.reduce((a: number, b: number) => a + b) - 1) < 1e-9);
    assert.deepEqual([weights[1], weights[3], weights[4]], [0, 0, 0]);
  });

  it('writes a model with uint8 input and output', async () => {
    const path = await bundleOf('unsigned', '--interface', 'uint8');
    const { manifest } = await openBundle(path);
    assert.deepEqual([manifest.input.dtype, manifest.input.zeroPoint], ['uint8', 0]);
    const { accuracy } = JSON.parse(await succeed('evaluate', path, '--data', folder, '--json'));
    assert.equal(accuracy, manifest.metrics.int8.accuracy);
  });

  it('corrects biases on request, as the manifest says', async () => {
    const models = await Promise.all(
      [['--correct-biases'], []].map(async (options, index) =>
        openBundle(await bundleOf(`biases-${index}`, ...options)),
      ),
    );
    const [corrected, plain] = models;
    assert.deepEqual(
      models.map(({ manifest }) => manifest.calibration.method),
      ['min-max, biases corrected', 'min-max'],
    );
    assert.ok(corrected.manifest.metrics.int8.accuracy > 0.9);
    assert.notDeepEqual(corrected.files.get('model.tflite'), plain.files.get('model.tflite'));
  });

  it('makes coarse weights and rounds them by error on request, as the manifest says', async () => {
    const path = await bundleOf('coarse', '--max-weight', '15', '--round-by-error');
    const { manifest } = await openBundle(path);
    assert.equal(manifest.calibration.method, 'min-max, weights up to 15, rounded by error');
    assert.ok(manifest.metrics.int8.accuracy > 0.9);
    const { code, stderr } = await inkcastTrain('quantize', run, '--out', path, '--max-weight', '128');
    assert.equal(code, 2);
    assert.match(stderr, /^INK_USAGE: --max-weight must be a whole number from 1 to 127/m);
  });

  it('keeps the float weights, from which finetune can start', async () => {
    const out = join(folder, 'tuned');
    await succeed('finetune', await bundleOf('base'), '--data', folder, '--epochs', '1', '--out', out);
    const { test } = JSON.parse(await readFile(join(out, 'run.json'), 'utf8'));
    assert.ok(test.accuracy > 0.9);
  });

  it('field report 21: scores a run on its own data, even if its classes have the names of digits', async () => {
    const data = join(folder, 'fashion');
    await mkdir(data);
    await writeTinyData(data, { side: 28 });
    const own = join(folder, 'fashion-run');
    await succeed(...tinyTraining(data), '--epochs', '6', '--lr', '0.003', '--out', own);
    for (const options of [[], ['--data', data]]) {
      const out = join(folder, 'fashion-bundle');
      await succeed('quantize', own, '--out', out, ...options);
      const { metrics, testedOn } = (await openBundle(out)).manifest;
      assert.equal(
        metrics.int8.confusion.flat().reduce((sum, count) => sum + count),
        30,
      );
      assert.ok(metrics.float.accuracy > 0.9 && metrics.int8.accuracy > 0.9, JSON.stringify(metrics));
      assert.deepEqual([testedOn?.name, testedOn?.pictures], ['t10k-images-idx3-ubyte', 30]);
      // Neither the run nor its bundle is asked about other pictures than its own.
      for (const model of [own, out]) {
        const { accuracy, images } = JSON.parse(await succeed('evaluate', model, '--json'));
        assert.ok(images === 30 && accuracy > 0.9, model);
      }
      const { dataset, pictures } = JSON.parse(await succeed('verify', out, '--json'));
      assert.deepEqual([dataset, pictures], ['t10k-images-idx3-ubyte', 30]);
    }
  });

  it('field report 21: asks for the data of a file that does not name it, and uses attached labels', async () => {
    const data = join(folder, 'letters');
    await writeLetters(data, ['T', 'Z'], 10);
    const own = join(folder, 'letters-run');
    await succeed(...tinyTraining(data), '--epochs', '8', '--lr', '0.003', '--out', own);
    const file = join(folder, 'letters.tflite');
    await succeed('quantize', own, '--out', file);
    for (const command of ['evaluate', 'verify']) {
      const { code, stderr } = await inkcastTrain(command, file);
      assert.equal(code, 2);
      assert.match(stderr, /^INK_USAGE: .*letters\.tflite does not name its data\. .*--data/m);
    }
    const { labels, images } = JSON.parse(await succeed('evaluate', file, '--data', data, '--json'));
    assert.deepEqual([labels, images], [['T', 'Z'], 20]);
  });

  it('field report 21: refuses data that has changed since the training, unless it is named', async () => {
    const data = join(folder, 'changing');
    await mkdir(data);
    await writeTinyData(data);
    const own = join(folder, 'changing-run');
    await succeed(...tinyTraining(data), '--epochs', '1', '--out', own);
    await writeTinyData(data, { train: 90 });
    const out = ['--out', join(folder, 'changed')];
    const { code, stderr } = await inkcastTrain('quantize', own, ...out);
    assert.equal(code, 1);
    assert.match(stderr, /^INK_DATASET_INVALID: .*no longer what .*changing-run was trained on: "train-images-idx3/m);
    await succeed('quantize', own, ...out, '--data', data);
  });

  it('reports errors in a run, its data or a number', async () => {
    const out = ['--out', join(folder, 'other')];
    const failures: [readonly string[], number, RegExp][] = [
      [[folder, ...out], 1, /^INK_RUN_MISSING: .*recipe\.yaml/m],
      [[run, ...out, '--data', 'mnist'], 1, /^INK_DATASET_INVALID: .* its pictures are 28x28x1/m],
      [[run, ...out, '--images', '0'], 2, /^INK_USAGE: --images must be a whole number above 0, not 0/m],
      [[run, ...out, '--name', 'No Name'], 2, /^INK_USAGE: .* the name "No Name"/m],
      [[run, '--out', folder, '--name', 'n'], 1, /^INK_FILE_UNWRITABLE: .* not a model bundle/m],
    ];
    for (const [args, expected, message] of failures) {
      const { code, stderr } = await inkcastTrain('quantize', ...args);
      assert.match(stderr, message);
      assert.equal(code, expected);
    }
  });

  it('gives a coded error for model files that are damaged or differ from the manifest', async () => {
    const { model, manifest } = await openBundle(await bundleOf('whole'));
    const damaged: [string, Uint8Array][] = [
      ['truncated', model.subarray(0, model.length >> 1)],
      ['random', Uint8Array.from({ length: 5000 }, (_, index) => (index * 7919) >> 3)],
      ['empty', new Uint8Array()],
    ];
    for (const [name, bytes] of damaged) {
      const file = join(folder, `${name}.tflite`);
      await writeFile(file, bytes);
      const { code, stderr } = await inkcastTrain('evaluate', file, '--data', folder);
      assert.match(stderr, /^INK_TFLITE_INVALID: /m, name);
      assert.equal(code, 1);
    }
    const other = join(folder, 'another-shape');
    const input = { ...manifest.input, shape: [1, 28, 28, 1] };
    await writeBundle(other, { manifest: { ...manifest, input }, files: new Map([['model.tflite', model]]) });
    const { code, stderr } = await inkcastTrain('evaluate', other);
    assert.match(stderr, /^INK_BUNDLE_INVALID: .* input whose shape is 1x12x12x1, and its manifest says 1x28x28x1/);
    assert.equal(code, 1);
  });
});
