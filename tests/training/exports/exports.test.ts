import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import '@tensorflow/tfjs-backend-cpu';
import { readTflite } from '@inkcast/shared/tflite-file';
import { loadWeights, saveWeights, type TrainedNetwork } from '@inkcast/training/checkpoint';
import { startNetworkPredictor, startTflitePredictor } from '@inkcast/training/evaluation';
import { exportModelJson } from '@inkcast/training/exports';
import { halfToNumber, numberToHalf } from '@inkcast/training/half-floats';
import { importModel } from '@inkcast/training/model-import';
import { initializeParameters, type Network, NetworkBuilder, type Parameters } from '@inkcast/training/models';
import { Random } from '@inkcast/training/random';
import { writeTflite } from '@inkcast/training/tflite';
import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { sampleModel } from '../../support/sample-tflite.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { inkcastTrain } from '../support/command.js';
import { writeTinyData } from '../support/tiny-data.js';

const run = promisify(execFile);
const LABELS = ['zero', 'one', 'two'];
const COUNT = 4;

/** A network with every kind of layer that a classifier can have. */
function everyLayer(classes: number): Network {
  const builder = new NetworkBuilder('every-layer', [12, 12, 1])
    .conv2d(4, 3, { padding: 'same', bias: false })
    .batchNorm({ epsilon: 0.01 })
    .relu6()
    .depthwiseConv2d([3, 2], { strides: 2, padding: 'same' })
    .hardSwish();
  const map = builder.end;
  builder.globalAveragePool().conv2d(4, 1).sigmoid().multiplyOver(map);
  const gated = builder.end;
  builder.averagePool(2, { strides: 1, padding: 'same' }).add(gated).concat([map]);
  builder.maxPool(2).upsample(2).flatten().dropout(0.25).dense(5).relu();
  return builder.dense(classes, { bias: false }).softmax().build();
}

function draw(network: Network): Parameters {
  const random = new Random(7);
  return new Map(
    [...initializeParameters(network, 7)].map(([name, { shape, data }]) => {
      const isVariance = name.endsWith('movingVariance');
      return [name, { shape, data: data.map((value) => (isVariance ? 1.5 : value + 0.1 * random.normal())) }];
    }),
  );
}

const network = everyLayer(LABELS.length);
const trained: TrainedNetwork = { network, parameters: draw(network), labels: LABELS };
const pictures = Uint8Array.from({ length: COUNT * 144 }, (_, index) => (index * 37) % 256);

async function predictions(of: TrainedNetwork): Promise<Float32Array> {
  const predictor = await startNetworkPredictor(of, { backend: 'wasm', threads: 1 });
  return predictor.predict(pictures, COUNT).finally(() => predictor.close());
}

function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>, most: number): void {
  assert.equal(actual.length, expected.length);
  for (let index = 0; index < actual.length; index++) {
    const difference = Math.abs(actual[index] - expected[index]);
    assert.ok(difference <= most, `${index}: ${actual[index]} instead of ${expected[index]}`);
  }
}

describe('inkcast-train export', () => {
  let [folder, source] = ['', ''];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inkcast-test-'));
    source = join(folder, 'weights.safetensors');
    await saveWeights(source, trained);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const exported = async (from: string, name: string, ...options: string[]): Promise<string> => {
    const out = join(folder, name);
    const { code, stdout, stderr } = await inkcastTrain('export', from, '--out', out, ...options);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /: [\d,]+ bytes$/m);
    return out;
  };

  it('writes a .h5 file that is converted back to identical float outputs and labels', async () => {
    const back = await importModel(await exported(source, 'every.h5'));
    assert.deepEqual(back.trained.labels, LABELS);
    assert.deepEqual(await predictions(back.trained), await predictions(await loadWeights(source)));
  });

  it('writes a .h5 file that h5py reads', async function () {
    const python = (program: string, ...args: string[]) => run('/usr/bin/python3', ['-c', program, ...args]);
    const isThere = await python('import h5py').then(
      () => true,
      () => false,
    );
    if (!isThere) return this.skip();
    const program =
      'import h5py, json, sys; f = h5py.File(sys.argv[1], "r"); w = f["model_weights"]; ' +
      'c = json.loads(f.attrs["model_config"]); ' +
      'n = {k: list(w[k].attrs.get("weight_names", [])) for k in w.attrs["layer_names"]}; ' +
      'print(json.dumps({"kind": c["class_name"], "names": n, ' +
      '"kernel": w["dense2"]["dense2"]["kernel:0"][()].tolist()}))';
    const { stdout } = await python(program, await exported(source, 'read.h5'));
    const { kind, names, kernel } = JSON.parse(stdout);
    assert.equal(kind, 'Functional');
    assert.deepEqual(names.depthwise1, ['depthwise1/depthwise_kernel:0', 'depthwise1/bias:0']);
    assert.deepEqual(
      Object.keys(names).sort(),
      [...network.layers.map(({ name }) => name), 'globalPool1_pooled'].sort(),
    );
    assert.deepEqual(kernel.flat(), [...(trained.parameters.get('dense2/kernel')?.data ?? [])]);
  });

  it('writes a model.json with which TensorFlow.js predicts the same', async () => {
    const path = await exported(source, 'model.json');
    const { trained: back } = await importModel(path);
    assert.deepEqual(back.labels, LABELS);
    const { json, weights } = exportModelJson(trained, 'Inkcast');
    const { modelTopology, weightsManifest } = JSON.parse(json);
    assert.deepEqual(await readFile(join(folder, 'weights.bin')), Buffer.from(weights));
    const weightSpecs = weightsManifest.flatMap((group: { weights: tf.io.WeightsManifestEntry[] }) => group.weights);
    const weightData = Uint8Array.from(weights).buffer;
    const model = await loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }));
    const input = tf.tensor(
      Array.from(pictures, (pixel) => pixel / 255),
      [COUNT, 12, 12, 1],
    );
    const [output] = [model.predict(input)].flat();
    assertClose(output.dataSync(), await predictions(trained), 1e-5);
  });

  for (const [format, most, share] of [
    ['tflite', 1e-5, 1],
    ['tflite-float16', 5e-3, 0.85],
  ] as const) {
    it(`writes a .tflite file with which TensorFlow Lite predicts the same, and that is converted back: ${format}`, async () => {
      const path = await exported(source, `${format}.tflite`, '--format', format);
      const model = await readFile(path);
      const expected = await predictions(trained);
      const predictor = startTflitePredictor({ name: 'exported', model, labels: LABELS });
      try {
        assertClose(await predictor.predict(pictures, COUNT), expected, most);
      } finally {
        await predictor.close();
      }
      const { trained: back } = await importModel(path);
      assert.deepEqual(back.labels, LABELS);
      assertClose(await predictions(back), expected, most);
      const whole = (await readFile(await exported(source, 'float32.tflite'))).length;
      assert.ok(model.length <= share * whole, `${model.length} of ${whole} bytes`);
    });
  }

  it('writes .tflite files that verify compares with the network of their weights', async () => {
    const data = join(folder, 'data');
    await mkdir(data);
    await writeTinyData(data);
    const weights = join(folder, 'digits.safetensors');
    const digits = everyLayer(10);
    const labels = Array.from({ length: 10 }, (_, label) => String(label));
    await saveWeights(weights, { network: digits, parameters: draw(digits), labels });
    const path = await exported(weights, 'verified.tflite');
    const { code, stdout, stderr } = await inkcastTrain('verify', path, '--data', data, '--images', '10', '--json');
    assert.equal(code, 0, stderr);
    const { outputs, sameLabel, largestDifference } = JSON.parse(stdout);
    assert.deepEqual([outputs, sameLabel, largestDifference < 1e-4], [10, 10, true]);
  });

  it('writes a C array with the bytes of an int8 model, and a sketch with its operators', async () => {
    const path = join(folder, 'int8.tflite');
    const bytes = writeTflite(sampleModel());
    await writeFile(path, bytes);
    const out = await exported(path, 'digits_sketch');
    const source = await readFile(join(out, 'model_data.cc'), 'utf8');
    const values = [...source.matchAll(/0x([0-9a-f]{2})/g)].map(([, hex = '']) => Number.parseInt(hex, 16));
    assert.deepEqual(Uint8Array.from(values), bytes);
    assert.match(source, /alignas\(16\)/);
    const sketch = await readFile(join(out, 'digits_sketch.ino'), 'utf8');
    const kinds = new Set(readTflite(bytes).operators.map(({ kind }) => kind));
    assert.match(sketch, new RegExp(`MicroMutableOpResolver<${kinds.size}>`));
    assert.match(sketch, /resolver\.AddConv2D\(\);/);
    await inTemporaryFolder(async (build) => {
      const compiler = ['-std=c++17', '-c', join(out, 'model_data.cc'), '-o', join(build, 'model.o')];
      // Not every machine has a compiler.
      await run('c++', compiler).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
      });
    });
  });

  it('says what is wrong', async () => {
    await exported(source, 'float32.tflite');
    const failures: [readonly string[], number, RegExp][] = [
      [[source, '--out', join(folder, 'model.onnx')], 2, /^INK_USAGE: .*--format/m],
      [[join(folder, 'gone'), '--out', join(folder, 'a.h5')], 1, /^INK_RUN_MISSING: /m],
      [
        [join(folder, 'float32.tflite'), '--out', join(folder, 'sketch')],
        1,
        /^INK_TFLITE_UNSUPPORTED: .*float32.*int8/m,
      ],
    ];
    for (const [args, expected, message] of failures) {
      const { code, stderr } = await inkcastTrain('export', ...args);
      assert.match(stderr, message);
      assert.equal(code, expected);
    }
  });
});

describe('a number in 16 bits', () => {
  it('is what it was, and the nearest there is of any other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff }), (bits) => {
        const value = halfToNumber(bits);
        if (Number.isFinite(value)) assert.equal(numberToHalf(value), bits);
      }),
    );
    fc.assert(
      fc.property(fc.double({ min: -65504, max: 65504, noNaN: true }), (value) => {
        const error = Math.abs(halfToNumber(numberToHalf(value)) - value);
        assert.ok(error <= Math.max(2 ** -25, Math.abs(value) * 2 ** -11));
      }),
    );
  });
});
