import assert from 'node:assert/strict';
import { InkError } from '@inkcast/shared/errors';
import { createInt8Interpreter } from '@inkcast/training/int8-interpreter';
import { CALIBRATION_METHODS, quantizeNetwork, reportLayers } from '@inkcast/training/quantization';
import { writeTflite } from '@inkcast/training/tflite';
import { verifyModel } from '@inkcast/training/verification';
import fc from 'fast-check';
import {
  type MapSettings,
  mapNetwork,
  mapParameters,
  mapSettings,
  mapSize,
  randomPictures,
} from '../support/map-networks.js';
import { tfLiteOfSuite } from '../support/tflite-of-suite.js';

const SETTINGS: MapSettings = {
  ...{ factor: 2, channels: 1, filters: 8, kernel: 5, joins: 'add', pools: false, outputs: 14, seed: 5 },
};

describe('a network whose output is a map, quantized', () => {
  const library = tfLiteOfSuite();

  it('gives the same bits in the built-in kernels and the reference, and its float values up to rounding', () => {
    fc.assert(
      fc.property(mapSettings, mapSize, fc.constantFrom(...CALIBRATION_METHODS), (of, units, method) => {
        const network = mapNetwork(of, units);
        const images = randomPictures(network, 3, of.seed);
        const parameters = mapParameters(network, of.seed);
        const { float, quantized } = quantizeNetwork(library(), { network, parameters }, images, { method });
        const reference = createInt8Interpreter(quantized);
        const [exact, rounded] = [float, quantized].map((model) => library().loadModel(writeTflite(model)));
        const [inFloat, inInt8] = [exact.createInterpreter(), rounded.createInterpreter()];
        const [output] = inInt8.outputs;
        const { scale, zeroPoint } = output.quantization ?? assert.fail('it has no scale');
        const size = inFloat.inputs[0].data.length;
        let [signal, noise] = [0, 0];
        for (let start = 0; start < images.length; start += size) {
          const picture = images.subarray(start, start + size);
          inFloat.inputs[0].data.set(Float32Array.from(picture, (byte) => byte / 255));
          inInt8.inputs[0].data.set(Int8Array.from(picture, (byte) => byte - 128));
          inFloat.invoke();
          inInt8.invoke();
          assert.deepEqual(output.shape, [1, units[0] * of.factor, units[1] * of.factor, of.outputs]);
          assert.deepEqual([...output.data], [...reference.run(inInt8.inputs[0].data)]);
          for (const [index, value] of inFloat.outputs[0].data.entries()) {
            signal += value ** 2;
            noise += (value - scale * (output.data[index] - zeroPoint)) ** 2;
          }
        }
        // 20 dB: a mistaken scale or place gives about 0. One picture alone may have almost no signal.
        assert.ok(noise < signal / 100, `the signal of ${signal} has a noise of ${noise}`);
        exact.close();
        rounded.close();
      }),
      { numRuns: 60 },
    );
  });

  it('is reported layer by layer, and verified without labels', () => {
    const network = mapNetwork(SETTINGS, [3, 2]);
    const images = randomPictures(network, 4, 1);
    const trained = { network, parameters: mapParameters(network, 1) };
    const both = quantizeNetwork(library(), trained, images, { method: 'min-max' });
    const layers = reportLayers(library(), both, images);
    assert.deepEqual(
      layers.map(({ operator }) => operator),
      [...['conv2d', 'depthwiseConv2d', 'conv2d', 'conv2d', 'conv2d'], ...['resizeNearestNeighbor', 'add', 'conv2d']],
    );
    const [before, enlarged] = [layers[4], layers[5]];
    assert.deepEqual([enlarged.scale, enlarged.zeroPoint], [before.scale, before.zeroPoint]);
    assert.equal(enlarged.errorWeight, 0);
    assert.ok(Math.abs((enlarged.signalToNoise ?? 0) - (before.signalToNoise ?? 0)) < 1e-9);
    const pictures = { name: 'noise', shape: [12, 8, 1] as const, images };
    const [builtIn, xnnpack] = verifyModel(library(), writeTflite(both.quantized), pictures);
    assert.deepEqual(builtIn.agreement, { outputs: 4, identical: 4, largestDifference: 0, sameLabel: null });
    assert.equal(xnnpack.explanation?.explained, 4);
    assert.ok(xnnpack.isWithinLimits);
  });

  it('refuses an empty input, and an incomplete picture', () => {
    const network = mapNetwork(SETTINGS, [1, 1]);
    const trained = { network, parameters: mapParameters(network, 1) };
    for (const length of [0, 15, 17]) {
      assert.throws(
        () => quantizeNetwork(library(), trained, new Uint8Array(length), { method: 'min-max' }),
        (error: unknown) => error instanceof InkError && error.code === 'INK_QUANTIZE_FAILED',
      );
    }
  });
});
