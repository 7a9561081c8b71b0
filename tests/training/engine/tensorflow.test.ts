import { createEngine } from '@inkcast/training/engine';
import fc from 'fast-check';
import { assertClose } from './support/compare.js';
import { MIDDLES, randomBatch, settings, smallNetwork } from './support/small-networks.js';
import { tensorflowGradients } from './support/tensorflow.js';

describe('the reference agrees with TensorFlow.js', () => {
  for (const [name, middle] of Object.entries(MIDDLES)) {
    if (name === 'dropout') continue;
    it(name, async () => {
      await fc.assert(
        fc.asyncProperty(settings, async (random) => {
          // TensorFlow.js' gradient of a padded average pool divides by the whole window; its forward pass does not.
          const chosen = name === 'averagePool' ? { ...random, padding: 'valid' as const } : random;
          const network = smallNetwork(middle, chosen);
          const labelSmoothing = 0.1;
          const engine = createEngine({
            ...{ network, backend: 'reference', batchSize: 11, seed: chosen.seed },
            loss: { labelSmoothing },
          });
          const batch = randomBatch(network, chosen.count, chosen.classes, chosen.seed);
          const expected = await tensorflowGradients(network, engine.parameters(), batch, labelSmoothing);
          const actual = await engine.gradients(batch);
          assertClose([actual.loss], [expected.loss], 1e-5, 'loss');
          const all = [...expected.gradients.values()].flatMap((data) => [...data]);
          const largest = all.reduce((sum, value) => Math.max(sum, Math.abs(value)), 0);
          for (const [parameter, data] of expected.gradients) {
            const got = actual.gradients.get(parameter)?.data ?? [];
            assertClose(got, data, 1e-4, `gradient of ${parameter}`, 0.01 * largest);
          }
        }),
        { numRuns: 3 },
      );
    });
  }
});
