import assert from 'node:assert/strict';
import { InkError } from '@inkcast/shared/errors';
import type { TfliteModel } from '@inkcast/shared/tflite-file';
import { createEngine } from '@inkcast/training/engine';
import { buildModel, initializeParameters } from '@inkcast/training/models';
import { quantizeInEngine, quantizeNetwork } from '@inkcast/training/quantization';
import { randomPictures } from '../support/map-networks.js';
import { tfLiteOfSuite } from '../support/tflite-of-suite.js';

/** The last bits of a sum differ between float32 and double precision. */
const MAX_DIFFERENCE = 1e-4;

const classifier = buildModel('compact', { inputShape: [12, 13, 1], width: 0.25 });
const logits = { ...classifier, layers: classifier.layers.slice(0, -1) };

const scalesOf = ({ tensors }: TfliteModel) =>
  tensors.map(({ name, type, quantization }) => ({ name, type, scales: [...(quantization?.scales ?? [])] }));

describe('quantizing without TensorFlow Lite', () => {
  const library = tfLiteOfSuite();

  for (const [what, network] of Object.entries({ classifier, 'one that ends in logits': logits })) {
    it(`gives a ${what} the tensors and scales that TensorFlow Lite gives it`, async () => {
      const trained = { network, parameters: initializeParameters(network, 3) };
      const images = randomPictures(network, 25, 3);
      const expected = quantizeNetwork(library(), trained, images, { method: 'min-max' });
      const found = await quantizeInEngine(createEngine, trained, images, { method: 'min-max' });
      assert.deepEqual(found.float, expected.float);
      const [tensors, wanted] = [scalesOf(found.quantized), scalesOf(expected.quantized)];
      assert.deepEqual(
        tensors.map(({ name, type }) => [name, type]),
        wanted.map(({ name, type }) => [name, type]),
      );
      tensors.forEach(({ name, scales }, index) => {
        scales.forEach((scale, channel) => {
          const other = wanted[index].scales[channel];
          assert.ok(Math.abs(scale / other - 1) < MAX_DIFFERENCE, `${name}: ${scale}, ${other}`);
        });
      });
    });
  }

  it('is refused for a method that needs all values twice', async () => {
    const trained = { network: classifier, parameters: initializeParameters(classifier, 3) };
    const asked = quantizeInEngine(createEngine, trained, randomPictures(classifier, 2, 1), { method: 'mse' });
    await assert.rejects(asked, (error: unknown) => error instanceof InkError && error.code === 'INK_QUANTIZE_FAILED');
  });
});
