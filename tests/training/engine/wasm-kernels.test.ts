import { createEngine } from '@inkcast/training/engine';
import fc from 'fast-check';
import { assertClose } from './support/compare.js';
import { MIDDLES, randomBatch, settings, smallNetwork } from './support/small-networks.js';

describe('wasm agrees with the reference', () => {
  for (const [name, middle] of Object.entries(MIDDLES)) {
    it(name, async () => {
      await fc.assert(
        fc.asyncProperty(settings, async (chosen) => {
          const network = smallNetwork(middle, chosen);
          const options = {
            network,
            kernels: chosen.seed % 2 === 0 ? ('simd' as const) : ('relaxed-simd' as const),
            batchSize: 11,
            seed: chosen.seed,
            loss: { labelSmoothing: 0.1, classWeights: Array.from({ length: chosen.classes }, (_, i) => 0.5 + i) },
          };
          const batch = randomBatch(network, chosen.count, chosen.classes, chosen.seed);
          const reference = createEngine({ ...options, backend: 'reference' });
          const wasm = createEngine({ ...options, backend: 'wasm', threads: 1 });
          await wasm.start();
          try {
            const expected = await reference.gradients(batch);
            const actual = await wasm.gradients(batch);
            assertClose([actual.loss], [expected.loss], 1e-5, 'loss');
            const all = [...expected.gradients.values()].flatMap(({ data }) => [...data]);
            const largest = all.reduce((sum, value) => Math.max(sum, Math.abs(value)), 0);
            for (const [parameter, { data }] of expected.gradients) {
              const got = actual.gradients.get(parameter)?.data ?? [];
              // Where p - target nearly cancels, float32 keeps few of its digits: no less than 1e-3 counts as largest.
              assertClose(got, data, 2e-4, `gradient of ${parameter}`, Math.max(1e-3, 0.01 * largest));
            }
            assertClose(
              await wasm.predict(batch.images, batch.count),
              await reference.predict(batch.images, batch.count),
              1e-5,
              'probabilities',
            );
          } finally {
            await wasm.stop();
          }
        }),
        { numRuns: 5 },
      );
    });
  }
});
