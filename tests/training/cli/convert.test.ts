import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { openBundle } from '@inkcast/shared/bundle';
import { readTflite } from '@inkcast/shared/tflite-file';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { asHdf5, asKerasArchive } from '../keras-import/support/keras-files.js';
import { asKeras2, asKeras3 } from '../keras-import/support/keras-formats.js';
import { type SavedFiles, savedFiles, writeModel } from '../keras-import/support/save-model.js';
import { inkcastTrain } from '../support/command.js';
import { writeTinyData } from '../support/tiny-data.js';

const SIDE = 12;
const CLASSES = 10;

/**
 * Knows the pictures of `writeTinyData`: it sums up the ink in each of the three places that a bar can have.
 *
 * @param weight of the ink
 */
async function barReader(weight: number): Promise<SavedFiles> {
  const model = sequential({
    layers: [
      layers.averagePooling2d({ inputShape: [SIDE, SIDE, 1], poolSize: [2, SIDE], strides: [1, SIDE] }),
      layers.flatten(),
      layers.dense({ units: CLASSES, useBias: false }),
    ],
  });
  const weights = Array.from({ length: (SIDE - 1) * CLASSES }, (_, index) => {
    const [row, label] = [Math.floor(index / CLASSES), index % CLASSES];
    return label < 3 && row === 1 + 4 * label ? weight : 0;
  });
  model.setWeights([tf.tensor(weights, [SIDE - 1, CLASSES])]);
  return savedFiles(model);
}

describe('inkcast-train convert', () => {
  let [folder, model] = ['', ''];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inkcast-test-'));
    await writeTinyData(folder);
    model = await writeModel(folder, await barReader(8));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const convert = async (name: string, ...options: string[]): Promise<{ out: string; said: string }> => {
    const out = join(folder, name);
    const given = ['--data', folder, ...options];
    const { code, stdout, stderr } = await inkcastTrain('convert', model, '--out', out, ...given);
    assert.equal(code, 0, stderr);
    return { out, said: stdout };
  };

  it('writes a bundle that names the origin of its weights, and that can be evaluated', async () => {
    const { out, said } = await convert('bars', '--images', '60');
    assert.match(said, /110 parameters, labels 0, 1, 2/);
    assert.match(said, /a softmax was put behind them/);
    const { manifest } = await openBundle(out);
    assert.deepEqual([manifest.metrics.float.accuracy, manifest.metrics.int8.accuracy], [1, 1]);
    assert.match(JSON.stringify(manifest.recipe), /"convertedFrom".*model\.json.*TensorFlow\.js tfjs-layers/);
    assert.equal(manifest.calibration.images, 60);
    const { code, stdout } = await inkcastTrain('evaluate', out, '--data', folder, '--json');
    assert.deepEqual([code, JSON.parse(stdout).accuracy], [0, 1]);
  });

  it('writes a model file with the requested interface', async () => {
    const { out } = await convert('bars.tflite', '--interface', 'uint8');
    const { tensors, inputs, outputs } = readTflite(await readFile(out));
    assert.deepEqual(
      [...inputs, ...outputs].map((index) => tensors[index].type),
      ['uint8', 'uint8'],
    );
  });

  it('writes float weights, from which finetune can start', async () => {
    const { out } = await convert('bars.safetensors');
    const tuned = ['--data', folder, '--epochs', '1', '--out', join(folder, 'tuned')];
    const { code, stderr } = await inkcastTrain('finetune', out, ...tuned);
    assert.equal(code, 0, stderr);
  });

  it('field report 23: warns of a model that recognises nothing', async () => {
    const given = ['--out', join(folder, 'inverted.tflite'), '--data', folder, '--range', '1,0'];
    const { code, stderr } = await inkcastTrain('convert', model, ...given);
    assert.equal(code, 0);
    assert.match(stderr, /^Warning: in float the model is no better than chance on t10k-images-idx3-ubyte\.$/m);
  });

  for (const [name, bytes] of [
    ['bars.h5', async (files: SavedFiles) => asHdf5(asKeras2(files))],
    ['bars.keras', async (files: SavedFiles) => asKerasArchive(asKeras3(files))],
  ] as const) {
    it(`converts ${name} of Keras directly`, async () => {
      const path = join(folder, name);
      await writeFile(path, await bytes(await barReader(8)));
      const given = ['--data', folder, '--out', join(folder, 'from-keras')];
      const { code, stdout, stderr } = await inkcastTrain('convert', path, ...given);
      assert.equal(code, 0, stderr);
      assert.match(stdout, /^sequential\S*, by keras v[23]\.\d+\.\d+.*: 110 parameters/m);
      assert.match(stdout, /^accuracy: float 100\.00 %/m);
      assert.doesNotMatch(stderr, /Warning/);
    });
  }

  it('measures the range of the input with --range auto, and says what fits where another is taken', async () => {
    const path = join(folder, 'inverted.h5');
    // More light, which is less ink, makes a label less probable.
    await writeFile(path, await asHdf5(asKeras2(await barReader(-8))));
    const given = ['convert', path, '--data', folder];
    const auto = await inkcastTrain(...given, '--out', join(folder, 'auto.safetensors'), '--range', 'auto');
    assert.equal(auto.code, 0, auto.stderr);
    assert.match(auto.stderr, /^ +1 +-1 +100\.00 %$/m);
    assert.match(auto.stdout, /^inputs from 1 \(no ink\) to -1 \(full ink\)$/m);
    const plain = await inkcastTrain(...given, '--out', join(folder, 'plain.tflite'));
    assert.equal(plain.code, 0, plain.stderr);
    assert.match(plain.stderr, /^Warning: with inputs from 0 to 1 the accuracy is .*no better than chance\./m);
    assert.match(plain.stderr, /^--range 1,-1 fits best; --range auto measures it\.$/m);
    assert.match(plain.stdout, /^inputs from 0 \(no ink\) to 1 \(full ink\)$/m);
    const blind = await inkcastTrain('convert', path, '--out', join(folder, 'b.safetensors'), '--range', 'auto');
    assert.equal(blind.code, 2);
    assert.match(blind.stderr, /^INK_USAGE: .*--data/m);
  });

  for (const name of ['other', 'other.tflite']) {
    it(`field report 21: asks for the data to test ${name} on, and takes none by default`, async () => {
      const { code, stdout, stderr } = await inkcastTrain('convert', model, '--out', join(folder, name));
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, /^INK_USAGE: Nothing says what .*model\.json was made for\./m);
      assert.match(stderr, /--data/);
    });
  }

  it('accepts the input range of the model’s training', async () => {
    const { out, said } = await convert('scaled.safetensors', '--range', '0,255');
    assert.match(said, /inputs from 0 \(no ink\) to 255 \(full ink\)/);
    assert.match((await readFile(out)).toString('latin1'), /input_scaled/);
  });

  it('says what is wrong', async () => {
    const out = ['--out', join(folder, 'other'), '--data', folder];
    const failures: [readonly string[], number, RegExp][] = [
      [[model, ...out, '--labels', 'a,b,c'], 2, /^INK_USAGE: .* 10 classes, and 3 labels/m],
      [[model, ...out, '--range', '0'], 2, /^INK_USAGE: --range must be/m],
      [[model, ...out, '--name', 'No Name'], 2, /^INK_USAGE: .* the name "No Name"/m],
      [[model, '--out', join(folder, 'other'), '--data', 'mnist'], 1, /^INK_DATASET_INVALID: .* 28x28x1/m],
      [[join(folder, 'gone.json'), ...out], 1, /^INK_FILE_UNREADABLE: /m],
      [[join(folder, 't10k-labels-idx1-ubyte'), ...out], 1, /^INK_CONVERT_INVALID: .* not JSON/m],
    ];
    for (const [args, expected, message] of failures) {
      const { code, stderr } = await inkcastTrain('convert', ...args);
      assert.match(stderr, message);
      assert.equal(code, expected);
    }
  });
});
