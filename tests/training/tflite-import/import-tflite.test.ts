import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TfliteModel, TfliteTensor } from '@inkcast/shared/tflite-file';
import { startNetworkPredictor, startTflitePredictor } from '@inkcast/training/evaluation';
import { importModel } from '@inkcast/training/model-import';
import type { ImportedModel, ImportOptions } from '@inkcast/training/network-assembly';
import { Random } from '@inkcast/training/random';
import { GraphBuilder, writeTflite } from '@inkcast/training/tflite';
import { sampleModel } from '../../support/sample-tflite.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';

const COUNT = 5;
const SIDE = 6;
const PIXELS = SIDE * SIDE;
const LABELS = ['a', 'b', 'c'];
const random = new Random(3);
const pictures = Uint8Array.from({ length: COUNT * PIXELS }, () => random.integer(256));
const drawn = (length: number): Float32Array => Float32Array.from({ length }, () => 0.3 * random.normal());

const imported = (model: TfliteModel, options: ImportOptions = {}): Promise<ImportedModel> =>
  inTemporaryFolder(async (folder) => {
    const path = join(folder, 'model.tflite');
    await writeFile(path, writeTflite(model));
    return importModel(path, { labels: LABELS, ...options });
  });

interface Settings {
  /** Of the input, without the batch. */
  readonly shape?: readonly number[];
  /** Stores the dense layer's weights as int8, for float32. */
  readonly hybrid?: boolean;
  readonly softmax?: boolean;
}

/** A model as converters write it of a network with a window of several filters over a picture and a dense layer. */
function foreignModel({ shape = [SIDE, SIDE], hybrid = false, softmax = true }: Settings): TfliteModel {
  const graph = new GraphBuilder();
  const value = (name: string, size: readonly number[]) => graph.tensor({ name, type: 'float32', shape: [1, ...size] });
  const input = value('serving_default_input:0', shape);
  const map = [SIDE, SIDE, shape[2] ?? 1];
  const target = graph.ints('shape', [4], Int32Array.of(-1, ...map));
  const picture = value('picture', map);
  graph.operator({ kind: 'reshape', inputs: [input, target], outputs: [picture], newShape: [] });
  const filters = 3 * map[2];
  const window = graph.floats('filters', [1, 3, 3, filters], drawn(9 * filters));
  const [filtered, leaked] = [value('relu;conv;bias', [4, 4, filters]), value('leaky', [4, 4, filters])];
  const place = {
    padding: 'valid',
    strides: [1, 1],
    dilations: [1, 1],
    depthMultiplier: 3,
    activation: 'relu',
  } as const;
  const bias = graph.floats('conv/bias', [filters], drawn(filters));
  graph.operator({ kind: 'depthwiseConv2d', inputs: [picture, window, bias], outputs: [filtered], ...place });
  graph.operator({ kind: 'leakyRelu', inputs: [filtered], outputs: [leaked], alpha: 0.2 });
  const size = 16 * filters;
  const bytes = Int8Array.from({ length: 3 * size }, () => random.integer(255) - 127);
  const int8: TfliteTensor = {
    name: 'dense/weights',
    type: 'int8',
    shape: [3, size],
    quantization: { scales: Float32Array.of(0.004), zeroPoints: Int32Array.of(0), dimension: 0 },
    data: new Uint8Array(bytes.buffer),
  };
  const weights = hybrid ? graph.tensor(int8) : graph.floats('dense/weights', [3, size], drawn(3 * size));
  const logits = value('logits', [3]);
  const dense = { kind: 'fullyConnected', activation: 'none', keepNumDims: false } as const;
  graph.operator({ ...dense, inputs: [leaked, weights, -1], outputs: [logits] });
  const output = value('Identity', [3]);
  if (softmax) graph.operator({ kind: 'softmax', inputs: [logits], outputs: [output], beta: 1 });
  return graph.build({
    name: 'main',
    description: 'MLIR Converted.',
    inputs: [input],
    outputs: [softmax ? output : logits],
  });
}

/** Compares the network with TensorFlow Lite on the file itself. */
async function comparePredictions(model: TfliteModel, most: number): Promise<ImportedModel> {
  const result = await imported(model);
  const network = await startNetworkPredictor(result.trained, { backend: 'reference' });
  const library = startTflitePredictor({ name: 'foreign', model: writeTflite(model), labels: LABELS });
  try {
    const [actual, expected] = [await network.predict(pictures, COUNT), await library.predict(pictures, COUNT)];
    assert.equal(actual.length, COUNT * 3);
    actual.forEach((probability, index) => {
      assert.ok(
        Math.abs(probability - expected[index]) < most,
        `${index}: ${probability} instead of ${expected[index]}`,
      );
    });
    return result;
  } finally {
    await network.close();
    await library.close();
  }
}

describe('a .tflite file of another program', () => {
  for (const [name, settings, most] of [
    ['pictures without a channel', {}, 1e-5],
    ['rows of pixels', { shape: [PIXELS] }, 1e-5],
    ['pictures with three equal channels', { shape: [SIDE, SIDE, 3] }, 1e-5],
    ['logits', { softmax: false }, 1e-5],
    // TensorFlow Lite quantizes what the dense layer reads.
    ['hybrid quantization', { hybrid: true }, 0.05],
  ] as const) {
    it(`becomes a network that predicts what TensorFlow Lite does: ${name}`, async () => {
      const { addedSoftmax, generatedBy } = await comparePredictions(foreignModel(settings), most);
      assert.deepEqual([addedSoftmax, generatedBy], [name === 'logits', 'MLIR Converted.']);
    });
  }

  it('becomes a network with the values of its weights: int8, with its input from 0 to 1', async () => {
    const { range } = await comparePredictions(sampleModel(), 0.1);
    assert.deepEqual(range, [0, 1]);
  });

  it('is refused with the operator and the tensor that cannot be converted', async () => {
    const { operators, ...model } = foreignModel({});
    const custom = operators.map((operator) =>
      operator.kind === 'leakyRelu'
        ? { ...operator, kind: 'custom' as const, code: 'Bend', options: new Uint8Array() }
        : operator,
    );
    await assert.rejects(imported({ ...model, operators: custom }), {
      code: 'INK_CONVERT_UNSUPPORTED',
      message: /^Operator 2 \(custom\), which computes "leaky", is the operator "Bend"/,
    });
    const [first] = operators;
    const reshaped = { ...model, operators: [first], outputs: [...first.outputs] };
    await assert.rejects(imported(reshaped), { message: /one output value per class/ });
  });
});
