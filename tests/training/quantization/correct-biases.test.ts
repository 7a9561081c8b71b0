import assert from 'node:assert/strict';
import { createEngine } from '@inkcast/training/engine';
import { NetworkBuilder } from '@inkcast/training/models';
import { quantizeInEngine, quantizeNetwork } from '@inkcast/training/quantization';
import fc from 'fast-check';
import { mapParameters, randomPictures } from '../support/map-networks.js';
import { oneLayerNetwork, oneLayerSettings, quantizedConstants, sumsOf } from '../support/one-layer.js';
import { tfLiteOfSuite } from '../support/tflite-of-suite.js';

const PICTURES = 6;
const METHOD = { method: 'min-max' } as const;

/** The mean of each channel. */
function means(values: Float64Array, channels: number): number[] {
  const sums = new Array<number>(channels).fill(0);
  values.forEach((value, at) => {
    sums[at % channels] += (value * channels) / values.length;
  });
  return sums;
}

describe('the correction of biases', () => {
  const library = tfLiteOfSuite();

  it('leaves each channel the mean of its sums, up to a step of the bias', () => {
    let [before, after] = [0, 0];
    fc.assert(
      fc.property(oneLayerSettings, (settings) => {
        const network = oneLayerNetwork(settings);
        const parameters = mapParameters(network, settings.seed);
        const images = randomPictures(network, PICTURES, settings.seed);
        const errors = [false, true].map((correctsBiases) => {
          const both = quantizeNetwork(library(), { network, parameters }, images, { ...METHOD, correctsBiases });
          const bias = quantizedConstants(both.quantized).find(({ type }) => type === 'int32');
          const steps = bias?.quantization?.scales ?? assert.fail('no bias');
          const { channels, exact, rounded } = sumsOf(library(), both, images);
          const [wanted, found] = [exact, rounded].map((values) => means(values, channels));
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
    const network = oneLayerNetwork({
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

  it('is refused without TensorFlow Lite, as rounding by error is', async () => {
    const network = new NetworkBuilder('one', [3, 3, 1]).flatten().dense(2).softmax().build();
    const trained = { network, parameters: mapParameters(network, 1) };
    const images = randomPictures(network, 2, 1);
    for (const [asked, message] of [
      [{ correctsBiases: true }, /does not correct biases/],
      [{ roundsByError: true }, /does not round by error/],
    ] as const) {
      const quantized = quantizeInEngine(createEngine, trained, images, { ...METHOD, ...asked });
      await assert.rejects(quantized, { code: 'INK_QUANTIZE_FAILED', message });
    }
  });
});
