import assert from 'node:assert/strict';
import type { TfLiteLibrary } from '@inkcast/shared/tflite';
import type { TfliteModel, TfliteTensor } from '@inkcast/shared/tflite-file';
import { createEngine } from '@inkcast/training/engine';
import { type Network, NetworkBuilder } from '@inkcast/training/models';
import { quantizeInEngine, quantizeNetwork } from '@inkcast/training/quantization';
import { bytesOf, writeTflite } from '@inkcast/training/tflite';
import fc from 'fast-check';
import { mapParameters, randomPictures } from '../support/map-networks.js';
import { tfLiteOfSuite } from '../support/tflite-of-suite.js';

const PICTURES = 6;
const METHOD = { method: 'min-max' } as const;

const settings = fc.record({
  kind: fc.constantFrom('conv2d', 'depthwiseConv2d', 'dense'),
  side: fc.integer({ min: 3, max: 7 }),
  channels: fc.integer({ min: 1, max: 4 }),
  filters: fc.integer({ min: 1, max: 6 }),
  kernel: fc.integer({ min: 1, max: 3 }),
  strides: fc.integer({ min: 1, max: 2 }),
  padding: fc.constantFrom('same', 'valid'),
  activates: fc.boolean(),
  seed: fc.nat(),
});

/** A network with one layer of weights, whose input loses nothing in int8. */
function networkOf({ kind, side, channels, filters, kernel, activates, ...window }: Given): Network {
  const builder = new NetworkBuilder('one', [side, side, channels]);
  if (kind === 'dense') builder.flatten().dense(filters);
  else if (kind === 'conv2d') builder.conv2d(filters, kernel, window);
  else builder.depthwiseConv2d(kernel, window);
  if (activates) builder.relu();
  return builder.build();
}
type Given = typeof settings extends fc.Arbitrary<infer T> ? T : never;

/** The real values of an int8 or int32 constant. */
function realValues({ data, type, shape, quantization }: TfliteTensor): Float32Array {
  assert.ok(data !== undefined && quantization !== undefined);
  const values = type === 'int32' ? new Int32Array(data.slice().buffer) : new Int8Array(data.slice().buffer);
  const { scales, dimension } = quantization;
  const inner = shape.slice(dimension + 1).reduce((product, size) => product * size, 1);
  return Float32Array.from(values, (value, at) => value * scales[Math.floor(at / inner) % scales.length]);
}

/** The float graph without activations, with other constants. */
const linear = (float: TfliteModel, constants: ReadonlyMap<string, Float32Array>): TfliteModel => ({
  ...float,
  operators: float.operators.map((operator) =>
    'activation' in operator ? { ...operator, activation: 'none' } : operator,
  ),
  tensors: float.tensors.map((tensor) => {
    const values = constants.get(tensor.name);
    return values === undefined ? tensor : { ...tensor, data: bytesOf(values) };
  }),
});

/** The mean of each output channel over all pictures and places. */
function means(library: TfLiteLibrary, model: TfliteModel, images: Uint8Array): number[] {
  const loaded = library.loadModel(writeTflite(model));
  const interpreter = loaded.createInterpreter();
  const [input, output] = [interpreter.inputs[0], interpreter.outputs[0]];
  const channels = output.shape[output.shape.length - 1];
  const sums = new Array<number>(channels).fill(0);
  const size = input.data.length;
  for (let start = 0; start < images.length; start += size) {
    input.data.set(Float32Array.from(images.subarray(start, start + size), (byte) => byte / 255));
    interpreter.invoke();
    output.data.forEach((value, at) => {
      sums[at % channels] += (value * channels * size) / (output.data.length * images.length);
    });
  }
  loaded.close();
  return sums;
}

describe('the correction of biases', () => {
  const library = tfLiteOfSuite();

  it('leaves each channel the mean of its sums, up to a step of the bias', () => {
    let [before, after] = [0, 0];
    fc.assert(
      fc.property(settings, (given) => {
        const network = networkOf(given);
        const parameters = mapParameters(network, given.seed);
        const images = randomPictures(network, PICTURES, given.seed);
        const errors = [false, true].map((correctsBiases) => {
          const both = quantizeNetwork(library(), { network, parameters }, images, { ...METHOD, correctsBiases });
          const { float, quantized } = both;
          const constants = quantized.tensors.filter(({ data }) => data !== undefined);
          const weights = constants.filter(({ quantization }) => quantization !== undefined);
          const real = new Map(weights.map((tensor) => [tensor.name, realValues(tensor)]));
          const wanted = means(library(), linear(float, new Map()), images);
          const found = means(library(), linear(float, real), images);
          const steps = weights.find(({ type }) => type === 'int32')?.quantization?.scales ?? assert.fail('no bias');
          // Two roundings of half a step, and the last bits of float32.
          const allowed = wanted.map((mean, channel) => steps[channel % steps.length] + 1e-5 * (1 + Math.abs(mean)));
          return wanted.map((mean, channel) => Math.abs(found[channel] - mean) / allowed[channel]);
        });
        before += Math.max(...errors[0]);
        after += Math.max(...errors[1]);
        assert.ok(Math.max(...errors[1]) <= 1, `${errors[1]}`);
      }),
      { numRuns: 60 },
    );
    assert.ok(before > 3 * after, `${before} without, ${after} with it`);
  });

  it('changes biases only', () => {
    const network = networkOf({
      ...({ kind: 'conv2d', side: 6, channels: 2, filters: 3, kernel: 3, strides: 1 } as const),
      ...({ padding: 'same', activates: true, seed: 4 } as const),
    });
    const trained = { network, parameters: mapParameters(network, 4) };
    const images = randomPictures(network, PICTURES, 4);
    const plain = quantizeNetwork(library(), trained, images, METHOD).quantized;
    const corrected = quantizeNetwork(library(), trained, images, { ...METHOD, correctsBiases: true }).quantized;
    assert.deepEqual(corrected.operators, plain.operators);
    const changed = corrected.tensors.filter((tensor, index) => {
      const { data, ...rest } = plain.tensors[index];
      const { data: other, ...others } = tensor;
      assert.deepEqual(others, rest);
      return Buffer.compare(Buffer.from(data ?? []), Buffer.from(other ?? [])) !== 0;
    });
    assert.deepEqual(
      changed.map(({ type }) => type),
      ['int32'],
    );
  });

  it('is refused without TensorFlow Lite', async () => {
    const network = new NetworkBuilder('one', [3, 3, 1]).flatten().dense(2).softmax().build();
    const trained = { network, parameters: mapParameters(network, 1) };
    const asked = quantizeInEngine(createEngine, trained, randomPictures(network, 2, 1), {
      ...METHOD,
      correctsBiases: true,
    });
    await assert.rejects(asked, { code: 'INK_QUANTIZE_FAILED', message: /does not correct biases/ });
  });
});
