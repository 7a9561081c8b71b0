import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { type Engine, engineCode, openEngine } from '@inkcast/reader/engine';
import { InkError } from '@inkcast/shared/errors';
import type { Delegate, TfLiteLibrary } from '@inkcast/shared/tflite';
import { readTflite, resizeModel } from '@inkcast/shared/tflite-file';
import { readMnistTest } from '@inkcast/training/data';
import { createInt8Interpreter, machineTies } from '@inkcast/training/int8-interpreter';
import { buildModel, initializeParameters, MODELS } from '@inkcast/training/models';
import { quantizeNetwork } from '@inkcast/training/quantization';
import { Random } from '@inkcast/training/random';
import { writeTflite } from '@inkcast/training/tflite';
import { mutate } from '../../shared/tflite-file/support/mutate.js';
import { sampleModel } from '../../support/sample-tflite.js';
import { randomPictures } from '../../training/support/map-networks.js';
import { tfLiteOfSuite } from '../../training/support/tflite-of-suite.js';
import { OPERATORS, operatorGraph } from '../../training/tflite/support/operators.js';
import type { Settings } from '../../training/tflite/support/random-graph.js';

/** Another seed or more files find more: INKCAST_FUZZ="7 100000". */
const [SEED, FILES] = (process.env.INKCAST_FUZZ ?? '1 300').split(' ').map(Number);

const shipped = (name: string) => readFile(new URL(`../../../models/${name}`, import.meta.url));

/** Pictures as a model takes them: real ones for the classifiers, any values for the others. */
function inputsOf(size: number, count: number, pictures?: Uint8Array): Int8Array[] {
  const random = new Random(1);
  return Array.from({ length: count }, (_, index) =>
    Int8Array.from({ length: size }, (_, at) =>
      pictures === undefined ? random.integer(256) - 128 : pictures[index * size + at] - 128,
    ),
  );
}

/** What the official library's built-in kernels say, or where they round ties otherwise than on x86, the reference. */
function expectedOutputs(
  library: TfLiteLibrary,
  model: Uint8Array,
  inputs: readonly Int8Array[],
  delegate: Delegate,
): number[][] {
  if (machineTies() !== 'up') {
    const reference = createInt8Interpreter(readTflite(model), { matrixTies: 'up' });
    return inputs.map((input) => [...reference.run(input)]);
  }
  const loaded = library.loadModel(model);
  try {
    const interpreter = loaded.createInterpreter({ delegate });
    return inputs.map((input) => {
      interpreter.inputs[0].data.set(input);
      interpreter.invoke();
      return [...interpreter.outputs[0].data];
    });
  } finally {
    loaded.close();
  }
}

describe("Inkcast's engine on whole models", () => {
  const library = tfLiteOfSuite();
  let engine: Engine;
  let likeXnnpack: Engine;
  before(async () => {
    const code = await readFile(engineCode());
    [engine, likeXnnpack] = [await openEngine(code), await openEngine(code, 'xnnpack')];
  });
  afterEach(() => assert.deepEqual([engine.openModels, likeXnnpack.openModels], [0, 0]));

  function outputsOf(of: Engine, model: Uint8Array, inputs: readonly Int8Array[]): number[][] {
    const backEnd = of.open(model);
    const outputs = inputs.map((input) => [...backEnd.run(input)]);
    backEnd.close();
    return outputs;
  }

  function same(model: Uint8Array, inputs: readonly Int8Array[]): void {
    assert.deepEqual(outputsOf(engine, model, inputs), expectedOutputs(library(), model, inputs, 'none'));
  }

  /** For models that ship: XNNPACK's kernels, too. On other processors, XNNPACK rounds otherwise. */
  function sameTwice(model: Uint8Array, inputs: readonly Int8Array[]): void {
    same(model, inputs);
    if (process.arch !== 'x64') return;
    assert.deepEqual(outputsOf(likeXnnpack, model, inputs), expectedOutputs(library(), model, inputs, 'xnnpack'));
  }

  it('gives the bits of the official kernels, built in and of XNNPACK: the classifiers that ship, on pictures of MNIST', async () => {
    const { images } = await readMnistTest();
    for (const name of ['digits', 'lenet'])
      sameTwice(await shipped(`${name}/model.tflite`), inputsOf(784, 100, images));
  });

  it('gives their bits: the verifier and the spotter that ship, at any size', async () => {
    sameTwice(await shipped('digits/verifier.tflite'), inputsOf(48 * 48, 20));
    const spotter = await shipped('digits/spotter.tflite');
    for (const [height, width] of [
      [16, 16],
      [48, 80],
      [160, 112],
    ]) {
      sameTwice(resizeModel(spotter, height, width), inputsOf(height * width, 2));
    }
  });

  for (const { name } of MODELS) {
    it(`gives their bits: ${name}`, () => {
      const network = buildModel(name);
      const parameters = initializeParameters(network, 1);
      const pictures = randomPictures(network, 2, 1);
      const { quantized } = quantizeNetwork(library(), { network, parameters }, pictures, { method: 'min-max' });
      same(writeTflite(quantized), inputsOf(784, 5));
    });
  }

  it('refuses damaged files with a code, or runs them, and holds none of them', () => {
    const of: Settings = {
      ...{ size: [5, 6], channels: 4, filters: 3, window: [3, 2], strides: [1, 2], dilations: [1, 1] },
      ...{ padding: 'same', activation: 'relu', batch: 1, seed: 3 },
    };
    const originals = [
      writeTflite(sampleModel()),
      ...Object.keys(OPERATORS).flatMap((name) =>
        (['int8', 'float32'] as const).map((numbers) => writeTflite(operatorGraph(name, numbers, of))),
      ),
    ];
    const random = new Random(SEED);
    let ran = 0;
    for (let file = 0; file < FILES; file++) {
      const { bytes, how } = mutate(originals[random.integer(originals.length)], random);
      try {
        const { inputs } = readTflite(bytes);
        const size = readTflite(bytes).tensors[inputs[0]].shape.reduce((product, side) => product * side, 1);
        const backEnd = engine.open(bytes);
        backEnd.run(new Int8Array(size));
        backEnd.close();
        ran++;
      } catch (error) {
        const isCoded = error instanceof InkError && error.code.startsWith('INK_TFLITE_');
        assert.ok(isCoded, `${how} (file ${file}) made the engine throw ${error}`);
        assert.match(error.message, /^[A-Z].*\.$/s);
      }
    }
    assert.ok(ran > 0, 'some files are still whole enough to run');
  });

  it('refuses numbers that it does not compute with, inputs of another size, and what is closed', async () => {
    const settings: Settings = {
      ...{ size: [5, 6], channels: 4, filters: 3, window: [3, 2], strides: [1, 2], dilations: [1, 1] },
      ...{ padding: 'same', activation: 'relu', batch: 1, seed: 3 },
    };
    const float = writeTflite(operatorGraph('CONV_2D', 'float32', settings));
    assert.throws(() => engine.open(float), { code: 'INK_TFLITE_UNSUPPORTED', message: /computes int8.*is float32/ });
    assert.throws(() => engine.open(new Uint8Array(100)), { code: 'INK_TFLITE_INVALID' });
    const backEnd = engine.open(await shipped('lenet/model.tflite'));
    assert.throws(() => backEnd.run(new Int8Array(5)), {
      code: 'INK_TFLITE_INTERPRETER',
      message: /784 values, not 5/,
    });
    backEnd.close();
    backEnd.close();
    assert.throws(() => backEnd.run(new Int8Array(784)), { code: 'INK_TFLITE_INTERPRETER', message: /closed/ });
  });

  it('refuses code that is none', () =>
    assert.rejects(
      openEngine(new Uint8Array(8)),
      (error) => error instanceof InkError && error.code === 'INK_TFLITE_LIBRARY',
    ));
});
