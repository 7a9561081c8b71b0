import assert from 'node:assert/strict';
import { createEngine } from '@inkcast/training/engine';
import { buildModel, inferShapes, MODELS, networkCost } from '@inkcast/training/models';
import { randomBatch } from '../engine/support/small-networks.js';

describe('the models', () => {
  for (const { name } of MODELS) {
    it(`${name} memorizes a batch`, async () => {
      const network = buildModel(name, { width: 0.5 });
      const engine = createEngine({ network, backend: 'wasm', batchSize: 20, seed: 1, threads: 2 });
      const batch = randomBatch(network, 20, 10, 1);
      await engine.start();
      try {
        const first = await engine.trainStep(batch);
        let last = first;
        for (let step = 0; step < 30; step++) last = await engine.trainStep(batch);
        assert.ok(last.loss < 0.5 * first.loss, `loss ${first.loss} became ${last.loss}`);
      } finally {
        await engine.stop();
      }
    });

    it(`${name} grows with depth and width, and supports other pictures and classes`, () => {
      const cost = networkCost(buildModel(name));
      assert.ok(networkCost(buildModel(name, { width: 2 })).parameters > 1.8 * cost.parameters);
      assert.ok(networkCost(buildModel(name, { depth: 2 })).parameters > cost.parameters);
      const other = buildModel(name, { inputShape: [32, 24, 3], classes: 47 });
      assert.deepEqual([...inferShapes(other).values()].at(-1), [47]);
    });
  }

  it('compact has fewer than 100,000 parameters', () => {
    assert.ok(networkCost(buildModel('compact')).parameters < 100_000);
  });
});
