import assert from 'node:assert/strict';
import { deflateSync } from 'node:zlib';
import type { TfliteModel, TfliteTensor } from '@inkcast/shared/tflite-file';
import { NetworkBuilder } from '@inkcast/training/models';
import { quantizeNetwork, quantizeWeights, requantize } from '@inkcast/training/quantization';
import fc from 'fast-check';
import { mapParameters, randomPictures } from '../support/map-networks.js';
import { integersOf, oneLayerNetwork, oneLayerSettings, quantizedConstants, sumsOf } from '../support/one-layer.js';
import { tfLiteOfSuite } from '../support/tflite-of-suite.js';

const PICTURES = 6;
const METHOD = { method: 'min-max' } as const;

const maxWeights = fc.integer({ min: 1, max: 127 });
/** Up to 4, in thousandths: no bias then needs wider steps than its filter. */
const reals = (size: number): fc.Arbitrary<Float32Array> =>
  fc
    .array(fc.integer({ min: -4000, max: 4000 }), { minLength: size, maxLength: size })
    .map((values) => Float32Array.from(values, (value) => value / 1000));

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Pictures whose neighbouring values are alike, as those of a camera are. */
function smooth(pictures: Uint8Array): Uint8Array {
  let value = 128;
  return pictures.map((byte) => {
    value += (byte - value) / 8;
    return Math.round(value);
  });
}

/** A small filter, a depthwise one, a large one and a small one. */
const MIXED = new NetworkBuilder('mixed', [6, 6, 3])
  .conv2d(16, 3, { padding: 'same' })
  .relu()
  .depthwiseConv2d(3)
  .conv2d(24, 3, { padding: 'same' })
  .relu()
  .flatten()
  .dense(5)
  .build();

/** Which of its filters is large. */
const LARGE = 2;

/** The largest magnitude of each filter's weights. */
const largestWeights = (constants: readonly TfliteTensor[]): readonly number[] =>
  constants.filter(({ type }) => type === 'int8').map((tensor) => Math.max(...integersOf(tensor).map(Math.abs)));

describe('coarse weights', () => {
  const library = tfLiteOfSuite();

  it('keep to their steps, use the outermost, and are off by half a step at most', () => {
    const weights = fc
      .record({ channels: fc.integer({ min: 1, max: 4 }), size: fc.integer({ min: 1, max: 9 }) })
      .chain(({ channels, size }) =>
        fc.record({
          ...{ filter: reals(channels * size), bias: reals(channels), perChannel: fc.boolean() },
          filterShape: fc.constant([channels, size]),
          channelDimension: fc.constant(0),
        }),
      );
    fc.assert(
      fc.property(weights, fc.double({ min: 1e-3, max: 1, noNaN: true }), maxWeights, (given, inputScale, max) => {
        const { filter, filterQuantization, bias, biasQuantization } = quantizeWeights(given, inputScale, max);
        const [channels] = given.filterShape;
        const { scales } = filterQuantization;
        assert.equal(scales.length, given.perChannel ? channels : 1);
        const groups = given.perChannel ? channels : 1;
        const each = filter.length / groups;
        scales.forEach((scale, group) => {
          const [rounded, exact] = [filter, given.filter].map((all) => all.slice(group * each, (group + 1) * each));
          const largest = Math.max(...exact.map(Math.abs));
          assert.ok(rounded.every((value) => Math.abs(value) <= max));
          if (largest > 0) assert.equal(Math.max(...rounded.map(Math.abs)), max);
          rounded.forEach((value, index) => {
            assert.ok(Math.abs(value * scale - exact[index]) <= scale * (0.5 + 1e-4));
          });
        });
        bias.forEach((value, channel) => {
          const scale = biasQuantization.scales[given.perChannel ? channel : 0];
          assert.equal(scale, Math.fround(scales[given.perChannel ? channel : 0] * inputScale));
          assert.ok(Math.abs(value * scale - given.bias[channel]) <= scale * 0.5 + 1e-6);
        });
      }),
    );
  });

  it('are those of large filters only, and keep steps and scales when they are rounded by error', () => {
    const trained = { network: MIXED, parameters: mapParameters(MIXED, 8) };
    const images = randomPictures(MIXED, PICTURES, 8);
    fc.assert(
      fc.property(maxWeights, (maxWeight) => {
        const [nearest, byError] = [false, true].map((roundsByError) =>
          quantizedConstants(
            quantizeNetwork(library(), trained, images, { ...METHOD, maxWeight, roundsByError }).quantized,
          ),
        );
        assert.deepEqual(largestWeights(nearest), [127, 127, maxWeight, 127]);
        byError.forEach(({ type, quantization, ...tensor }, index) => {
          assert.deepEqual(quantization, nearest[index].quantization);
          const most = Math.max(...integersOf(nearest[index]).map(Math.abs));
          if (type === 'int8') assert.ok(integersOf({ ...tensor, type }).every((value) => Math.abs(value) <= most));
        });
      }),
      { numRuns: 10 },
    );
  });

  it('change the sums of an operator less when they are rounded by error', () => {
    const ratios: number[] = [];
    fc.assert(
      fc.property(oneLayerSettings, (settings) => {
        const network = oneLayerNetwork(settings);
        const trained = { network, parameters: mapParameters(network, settings.seed) };
        const images = smooth(randomPictures(network, PICTURES, settings.seed));
        const [nearest, byError] = [{ correctsBiases: true }, { roundsByError: true }].map((options) => {
          const both = quantizeNetwork(library(), trained, images, { ...METHOD, ...options });
          const { exact, rounded } = sumsOf(library(), both, images);
          return mean(Array.from(exact, (value, at) => (value - rounded[at]) ** 2));
        });
        if (nearest > 1e-9) ratios.push(byError / nearest);
      }),
      { numRuns: 30 },
    );
    assert.ok(ratios.length > 20);
    // Few weights leave little to make up for; on the average, half of the error is gone.
    assert.ok(mean(ratios) < 0.7, `${mean(ratios)} of the error is left`);
  });

  it('come from int8 weights alone: the finest are those weights, and all other steps stay', () => {
    const trained = { network: MIXED, parameters: mapParameters(MIXED, 8) };
    const images = randomPictures(MIXED, PICTURES, 8);
    const { quantized } = quantizeNetwork(library(), trained, images, METHOD);
    const same = requantize(library(), quantized, images, {});
    assert.deepEqual(same.quantized.tensors, quantized.tensors);
    const coarse = requantize(library(), quantized, images, { maxWeight: 7 }).quantized;
    assert.deepEqual(largestWeights(quantizedConstants(coarse)), [127, 127, 7, 127]);
    const computed = ({ tensors }: TfliteModel) => tensors.filter(({ data }) => data === undefined);
    assert.deepEqual(computed(coarse), computed(quantized));
  });

  it('compress better', () => {
    const trained = { network: MIXED, parameters: mapParameters(MIXED, 8) };
    const images = randomPictures(MIXED, PICTURES, 8);
    const sizes = [127, 31, 15].map((maxWeight) => {
      const { quantized } = quantizeNetwork(library(), trained, images, { ...METHOD, maxWeight, roundsByError: true });
      const filters = quantizedConstants(quantized).filter(({ type }) => type === 'int8');
      return deflateSync(filters[LARGE].data ?? new Uint8Array()).length;
    });
    assert.ok(sizes[1] < 0.85 * sizes[0] && sizes[2] < 0.75 * sizes[0], `${sizes}`);
  });
});
