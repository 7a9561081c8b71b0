import assert from 'node:assert/strict';
import { InkError } from '@inkcast/shared/errors';
import { openTfLite } from '@inkcast/shared/tflite';
import { readTflite } from '@inkcast/shared/tflite-file';
import { createEngine } from '@inkcast/training/engine';
import { buildModel, initializeParameters, MODELS, type Network, NetworkBuilder } from '@inkcast/training/models';
import { quantizeModel, quantizeNetwork } from '@inkcast/training/quantization';
import { writeTflite } from '@inkcast/training/tflite';
import { convertNetwork } from '@inkcast/training/tflite-conversion';
import { verifyModel } from '@inkcast/training/verification';
import fc from 'fast-check';
import { MIDDLES, randomBatch, settings, smallNetwork } from '../engine/support/small-networks.js';
import { randomPictures } from '../support/map-networks.js';
import { layerOrders, networkOf, ORDERS_CLASSES, ORDERS_SHAPE } from './support/layer-orders.js';

describe('a network as a float32 TensorFlow Lite graph', () => {
  const library = openTfLite();
  after(() => {
    library.close();
    assert.equal(library.openHandles, 0);
  });

  /** Trains a few steps, which changes the moving statistics, and compares the predictions. */
  async function comparePredictions(network: Network, count: number, classes: number, seed: number): Promise<void> {
    const engine = createEngine({ network, backend: 'reference', batchSize: count, seed });
    await engine.start();
    const batch = randomBatch(network, count, classes, seed);
    await engine.trainStep(batch);
    await engine.trainStep(batch);
    const expected = await engine.predict(batch.images, count);
    const model = convertNetwork(network, engine.parameters(), { variableBatch: true });
    for (const delegate of ['none', 'xnnpack'] as const) {
      const loaded = library.loadModel(writeTflite(model));
      const interpreter = loaded.createInterpreter({ delegate, batch: count });
      interpreter.inputs[0].data.set(batch.images);
      interpreter.invoke();
      for (const [index, value] of interpreter.outputs[0].data.entries()) {
        assert.ok(Math.abs(value - expected[index]) < 1e-4, `${delegate}: ${value} instead of ${expected[index]}`);
      }
      loaded.close();
    }
    await engine.stop();
  }

  for (const [name, middle] of Object.entries(MIDDLES)) {
    it(`predicts what the engine does: ${name}`, async () => {
      await fc.assert(
        fc.asyncProperty(settings, async (of) => {
          await comparePredictions(smallNetwork(middle, of), of.count, of.classes, of.seed);
        }),
        { numRuns: 4 },
      );
    });
  }

  it('field report 23: normalises the output of a dense layer and its activation', async () => {
    for (const vectors of [['dense', 'relu', 'batchNorm'], ['batchNorm'], ['dense', 'relu', 'batchNorm', 'relu6']]) {
      await comparePredictions(networkOf(['conv2d'], vectors), 5, ORDERS_CLASSES, 7);
    }
  });

  it('field report 23: joins vectors', async () => {
    await comparePredictions(networkOf(['conv2d'], ['dense', 'join']), 5, ORDERS_CLASSES, 7);
  });

  it('field report 23: takes layers in any order, in float32 and in int8', async () => {
    await fc.assert(
      fc.asyncProperty(layerOrders, async ({ maps, vectors, seed }) => {
        const network = networkOf(maps, vectors);
        await comparePredictions(network, 4, ORDERS_CLASSES, seed);
        const parameters = initializeParameters(network, seed);
        const images = randomPictures(network, 4, seed);
        const { quantized } = quantizeNetwork(library, { network, parameters }, images, { method: 'min-max' });
        const pictures = { name: 'random', shape: ORDERS_SHAPE, images };
        for (const { agreement, explanation } of verifyModel(library, writeTflite(quantized), pictures)) {
          if (agreement === null) continue;
          const alike = explanation === undefined ? agreement.identical : explanation.explained;
          assert.equal(alike, agreement.outputs);
        }
      }),
      { numRuns: 12 },
    );
  });

  it('field report 23: quantizes a hard swish of small probabilities with a scale that its kernel accepts', () => {
    const network = networkOf(['upsample'], ['softmax', 'hardSwish']);
    const images = randomPictures(network, 2, 1);
    const parameters = initializeParameters(network, 1);
    const { quantized } = quantizeNetwork(library, { network, parameters }, images, { method: 'min-max' });
    const loaded = library.loadModel(writeTflite(quantized));
    loaded.createInterpreter().invoke();
    loaded.close();
  });

  it('has one operator for each layer that remains', () => {
    const kinds = (name: string): string[] => {
      const network = buildModel(name);
      return convertNetwork(network, initializeParameters(network, 1)).operators.map(({ kind }) => kind);
    };
    assert.deepEqual(kinds('lenet'), [
      ...['conv2d', 'maxPool2d', 'conv2d', 'maxPool2d'],
      ...['reshape', 'fullyConnected', 'fullyConnected', 'softmax'],
    ]);
    for (const { name } of MODELS) {
      assert.ok(
        kinds(name).every((kind) => kind !== 'relu' && kind !== 'relu6'),
        `${name} has a ReLU by itself`,
      );
    }
  });

  it('does not fuse a layer that another layer reads', () => {
    const builder = new NetworkBuilder('branch', [4, 4, 1]).conv2d(2, 1);
    const before = builder.end;
    const network = builder.relu().add(before).flatten().dense(2).softmax().build();
    const { operators } = convertNetwork(network, initializeParameters(network, 1));
    assert.deepEqual(
      operators.map(({ kind }) => kind),
      ['conv2d', 'relu', 'add', 'reshape', 'fullyConnected', 'softmax'],
    );
  });

  it('names its input and output in a signature, in float32 and in 8 bits of either kind', () => {
    const network = buildModel('lenet');
    const float = convertNetwork(network, initializeParameters(network, 1));
    const ranges = new Map(float.tensors.map((_, index) => [index, { min: -1, max: 1 }]));
    for (const [type, model] of [
      ['float32', float],
      ['int8', quantizeModel(float, ranges)],
      ['uint8', quantizeModel(float, ranges, { interfaceType: 'uint8' })],
    ] as const) {
      const { signatures, inputs, outputs, tensors } = readTflite(writeTflite(model));
      const names = { inputs: new Map([['image', inputs[0]]]), outputs: new Map([['probabilities', outputs[0]]]) };
      assert.deepEqual(signatures, [{ key: 'serving_default', ...names }]);
      assert.deepEqual([tensors[inputs[0]].type, tensors[outputs[0]].type], [type, type]);
    }
  });

  it('names a parameter that is missing', () => {
    assert.throws(
      () => convertNetwork(buildModel('lenet'), new Map()),
      (error: unknown) => error instanceof InkError && error.code === 'INK_CHECKPOINT_INVALID',
    );
  });
});
