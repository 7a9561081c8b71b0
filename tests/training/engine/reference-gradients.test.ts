import { createEngine } from '@inkcast/training/engine';
import fc from 'fast-check';
import { assertNumericGradients } from './support/numeric-gradients.js';
import { MIDDLES, randomBatch, settings, smallNetwork } from './support/small-networks.js';

describe('reference gradients agree with numeric ones', () => {
  for (const [name, middle] of Object.entries(MIDDLES)) {
    it(name, async () => {
      await fc.assert(
        fc.asyncProperty(settings, async (chosen) => {
          const network = smallNetwork(middle, chosen);
          const loss = { labelSmoothing: 0.1, classWeights: Array.from({ length: chosen.classes }, (_, i) => 0.5 + i) };
          const engine = createEngine({ network, backend: 'reference', batchSize: 3, seed: chosen.seed, loss });
          const batch = randomBatch(network, Math.min(chosen.count, 3), chosen.classes, chosen.seed);
          await assertNumericGradients(engine, batch, chosen.seed);
        }),
        { numRuns: 6 },
      );
    });
  }
});
