import assert from 'node:assert/strict';
import { InkError } from '@inkcast/shared/errors';
import { readTflite, resizeModel, type TfliteModel } from '@inkcast/shared/tflite-file';
import { createInt8Interpreter } from '@inkcast/training/int8-interpreter';
import { buildModel, initializeParameters, type Network, NetworkBuilder } from '@inkcast/training/models';
import { quantizeModel } from '@inkcast/training/quantization';
import { attachFiles, writeTflite } from '@inkcast/training/tflite';
import { convertNetwork } from '@inkcast/training/tflite-conversion';
import fc from 'fast-check';
import {
  mapNetwork,
  mapParameters,
  mapSettings,
  mapSize,
  randomPictures,
} from '../../training/support/map-networks.js';
import { tfLiteOfSuite } from '../../training/support/tflite-of-suite.js';

const int8 = (float: TfliteModel): TfliteModel =>
  quantizeModel(float, new Map(float.tensors.map((_, index) => [index, { min: -2, max: 3 }])));

const fileOf = (network: Network): Uint8Array =>
  writeTflite(int8(convertNetwork(network, initializeParameters(network, 1))));

function refuses(network: Network, height: number, width: number, message: RegExp): void {
  assert.throws(
    () => resizeModel(fileOf(network), height, width),
    (error: unknown) => error instanceof InkError && error.code === 'INK_TFLITE_INVALID' && message.test(error.message),
  );
}

describe('a .tflite file for another size', () => {
  const library = tfLiteOfSuite();

  it('equals the file of its network at that size, in float32 and in int8, with a fixed batch or not', () => {
    fc.assert(
      fc.property(mapSettings, mapSize, mapSize, fc.boolean(), (of, before, after, variableBatch) => {
        const parameters = mapParameters(mapNetwork(of, before), of.seed);
        const [from, to] = [before, after].map((units) =>
          convertNetwork(mapNetwork(of, units), parameters, { variableBatch }),
        );
        const [, height, width] = to.tensors[to.inputs[0]].shape;
        for (const kind of [(float: TfliteModel) => float, int8]) {
          const [file, expected] = [writeTflite(kind(from)), writeTflite(kind(to))];
          const copy = file.slice();
          assert.deepEqual(resizeModel(file, height, width), expected);
          assert.deepEqual(file, copy);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('runs in TensorFlow Lite as the network does at that size', () => {
    fc.assert(
      fc.property(mapSettings, mapSize, mapSize, (of, before, after) => {
        const network = mapNetwork(of, after);
        const parameters = mapParameters(network, of.seed);
        const file = writeTflite(int8(convertNetwork(mapNetwork(of, before), parameters)));
        const expected = int8(convertNetwork(network, parameters));
        const [, height, width] = expected.tensors[expected.inputs[0]].shape;
        const loaded = library().loadModel(resizeModel(file, height, width));
        const interpreter = loaded.createInterpreter();
        const input = Int8Array.from(randomPictures(network, 1, of.seed), (byte) => byte - 128);
        interpreter.inputs[0].data.set(input);
        interpreter.invoke();
        assert.deepEqual([...interpreter.outputs[0].data], [...createInt8Interpreter(expected).run(input)]);
        loaded.close();
      }),
      { numRuns: 60 },
    );
  });

  it('keeps what is attached behind it', () => {
    const network = new NetworkBuilder('one', [4, 4, 1]).conv2d(2, 3, { padding: 'same' }).build();
    const files = new Map([['labels.txt', Uint8Array.of(48)]]);
    const resized = resizeModel(Buffer.from(attachFiles(fileOf(network), files)), 6, 9);
    const at = fileOf(network).length;
    assert.deepEqual(resized.subarray(at), new Uint8Array(attachFiles(fileOf(network), files)).subarray(at));
    const { tensors, outputs } = readTflite(resized);
    assert.deepEqual(tensors[outputs[0]].shape, [1, 6, 9, 2]);
  });

  it('is refused if a layer has a fixed size, a map would have a fractional size, or maps would not fit', () => {
    refuses(buildModel('compact'), 56, 56, /of 56x56: operator \d+ \(reshape\) is made for one size\.$/);
    const pooled = new NetworkBuilder('mean', [4, 4, 1]).conv2d(2, 1).globalAveragePool().build();
    refuses(pooled, 8, 8, /operator 1 \(mean\) is made for one size/);
    const strided = new NetworkBuilder('strided', [8, 8, 1]).conv2d(2, 3, { strides: 2, padding: 'same' }).build();
    refuses(strided, 9, 8, /"conv1" would have 4.5 rows and 4 columns/);
    for (const side of [0, -8, Number.NaN, 0.5]) refuses(strided, side, 8, /"input" would have/);
    // Without padding a map shrinks by the same number of pixels at any size.
    const unpadded = new NetworkBuilder('valid', [8, 8, 1]).conv2d(2, 5).build();
    refuses(unpadded, 16, 16, /of 16x16: its maps would not fit together, or would be too large\.$/);
    refuses(strided, 65_536, 65_536, /too large/);
  });

  it('is refused if the file is not a model', () => {
    assert.throws(
      () => resizeModel(new Uint8Array(100), 8, 8),
      (error: unknown) => error instanceof InkError && error.code === 'INK_TFLITE_INVALID',
    );
  });
});
