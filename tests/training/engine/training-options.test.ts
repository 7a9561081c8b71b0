import assert from 'node:assert/strict';
import { createEngine, type EngineOptions } from '@inkcast/training/engine';
import { NetworkBuilder } from '@inkcast/training/models';
import { assertClose } from './support/compare.js';

/** One dense layer with two inputs, so that a step can be calculated by hand. */
const network = new NetworkBuilder('tiny', [1, 1, 2]).flatten().dense(2).softmax().build();
const zero = new Map([
  ['dense1/kernel', { shape: [2, 2], data: new Float32Array(4) }],
  ['dense1/bias', { shape: [2], data: new Float32Array(2) }],
]);
const batch = { images: Float32Array.of(1, 2), labels: [1], count: 1 };

async function onBoth(
  options: Partial<EngineOptions>,
  check: (engine: ReturnType<typeof createEngine>) => Promise<void>,
) {
  for (const backend of ['reference', 'wasm'] as const) {
    const engine = createEngine({ network, backend, batchSize: 4, seed: 1, ...options });
    await engine.start();
    try {
      if (options.network === undefined) engine.loadParameters(zero);
      await check(engine);
    } finally {
      await engine.stop();
    }
  }
}

describe('one step, by hand', () => {
  it('has the loss ln 2 and the gradient (p - t) x of even odds', () =>
    onBoth({}, async (engine) => {
      const { loss, gradients } = await engine.gradients(batch);
      assertClose([loss], [Math.LN2], 1e-6, 'loss');
      assertClose(gradients.get('dense1/kernel')?.data ?? [], [0.5, -0.5, 1, -1], 1e-6, 'kernel');
      assertClose(gradients.get('dense1/bias')?.data ?? [], [0.5, -0.5], 1e-6, 'bias');
    }));

  it('spreads smoothed labels over all classes', () =>
    onBoth({ loss: { labelSmoothing: 0.2 } }, async (engine) => {
      const { gradients } = await engine.gradients(batch);
      assertClose(gradients.get('dense1/bias')?.data ?? [], [0.4, -0.4], 1e-6, 'bias');
    }));

  it('weighs classes, and still divides by the number of pictures', () =>
    onBoth({ loss: { classWeights: [1, 3] } }, async (engine) => {
      const two = { images: Float32Array.of(1, 2, 1, 2), labels: [1, 0], count: 2 };
      const { loss, gradients } = await engine.gradients(two);
      assertClose([loss], [2 * Math.LN2], 1e-6, 'loss');
      assertClose(gradients.get('dense1/bias')?.data ?? [], [0.5, -0.5], 1e-6, 'bias');
    }));

  it('follows the gradient, limited by its norm', () =>
    onBoth(
      {
        optimizer: { kind: 'sgd', momentum: 0, nesterov: false, weightDecay: 0 },
        schedule: { kind: 'constant', learningRate: 1 },
        // The norm of the whole gradient is sqrt(3): half of it is let through.
        clipNorm: Math.sqrt(3) / 2,
      },
      async (engine) => {
        await engine.trainStep(batch);
        assertClose(engine.parameters().get('dense1/kernel')?.data ?? [], [-0.25, 0.25, -0.5, 0.5], 1e-6, 'kernel');
      },
    ));

  it('makes the average forget the initial weights quickly', () =>
    onBoth({ averageDecay: 0.999, schedule: { kind: 'constant', learningRate: 0.1 } }, async (engine) => {
      // The first decay is 1/10, not 0.999: nine tenths of the new weights are taken over.
      await engine.trainStep(batch);
      const current = engine.parameters().get('dense1/kernel')?.data ?? new Float32Array();
      const averaged = engine.parameters('averaged').get('dense1/kernel')?.data ?? [];
      assert.ok(Math.abs(current[0]) > 0.09);
      assertClose(
        averaged,
        current.map((value) => 0.9 * value),
        1e-6,
        'average',
      );
    }));

  it('drops the requested share of units, different ones in each step, and scales up the rest', () => {
    const wide = new NetworkBuilder('wide', [1, 1, 4000]).flatten().dropout(0.25).dense(2).softmax().build();
    const images = new Float32Array(4000).fill(1);
    const weights = new Map(zero).set('dense1/kernel', { shape: [4000, 2], data: new Float32Array(8000) });
    return onBoth({ network: wide }, async (engine) => {
      engine.loadParameters(weights);
      const masks: number[][] = [];
      for (let step = 0; step < 2; step++) {
        const { gradients } = await engine.gradients({ images, labels: [0], count: 1 });
        const slopes = [...(gradients.get('dense1/kernel')?.data ?? [])].filter((_, index) => index % 2 === 1);
        assertClose([...new Set(slopes)].sort(), [0, 0.5 / 0.75], 1e-6, 'slopes');
        const dropped = slopes.filter((slope) => slope === 0).length;
        assert.ok(Math.abs(dropped - 1000) < 120, `${dropped} of 4000 dropped`);
        masks.push(slopes);
        await engine.trainStep({ images, labels: [0], count: 1 });
        engine.loadParameters(weights);
      }
      assert.notDeepEqual(masks[0], masks[1]);
    });
  });
});
