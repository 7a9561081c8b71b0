import assert from 'node:assert/strict';
import {
  ADAMW,
  createEngine,
  type Engine,
  type EngineOptions,
  type StepResult,
  type TargetBatch,
} from '@inkcast/training/engine';
import { inferShapes, type Network, NetworkBuilder } from '@inkcast/training/models';
import { Random } from '@inkcast/training/random';
import fc from 'fast-check';
import { assertClose } from './support/compare.js';
import { assertNumericGradients } from './support/numeric-gradients.js';
import { type Settings, settings } from './support/small-networks.js';

/** A detector in small: down by 4, up by 2, with what spotters are made of; it ends in a map of raw values. */
function spotter({ channels, classes }: Pick<Settings, 'channels' | 'classes'>): Network {
  const builder = new NetworkBuilder('spotter', [8, 12, channels]);
  builder.conv2d(8, 3, { strides: 2, padding: 'same', bias: false }).batchNorm();
  const fine = builder.relu6().end;
  builder.conv2d(8, 3, { strides: 2, padding: 'same', bias: false });
  const trunk = builder.batchNorm().relu().end;
  builder.depthwiseConv2d(5, { padding: 'same', bias: false }).batchNorm().relu().conv2d(8, 1, { bias: false });
  return builder
    .batchNorm()
    .add(trunk)
    .upsample(2)
    .add(fine)
    .conv2d(classes + 4, 1)
    .build();
}

/** Some centres, some ignored cells, heat that falls off, some boxes. */
function randomTargets(network: Network, count: number, classes: number, seed: number): TargetBatch {
  const random = new Random(seed);
  const shapes = [...inferShapes(network).values()];
  const [height, width = 1] = shapes.at(-1) ?? [1];
  const cell = () => {
    const heats = Array.from({ length: classes }, () => [1, 0, 0, random.next()][random.integer(4)]);
    const box = Array.from({ length: 4 }, () => 2 * random.normal());
    return [...heats, random.integer(3) / 2, ...box, random.integer(3) / 2];
  };
  return {
    images: Float32Array.from({ length: count * shapes[0].reduce((a, b) => a * b, 1) }, () => random.normal()),
    targets: Float32Array.from(Array.from({ length: count * height * width }, cell).flat()),
    count,
  };
}

async function withEngine<Result>(options: EngineOptions, use: (engine: Engine) => Promise<Result>): Promise<Result> {
  const engine = createEngine(options);
  await engine.start();
  try {
    return await use(engine);
  } finally {
    await engine.stop();
  }
}

/** A network that returns its 1 x 2 x 5 inputs, so that a loss can be calculated by hand. */
const identity = new NetworkBuilder('identity', [1, 2, 5]).conv2d(5, 1).build();
const identityParameters = new Map([
  ['conv1/kernel', { shape: [1, 1, 5, 5], data: Float32Array.from({ length: 25 }, (_, at) => (at % 6 === 0 ? 1 : 0)) }],
  ['conv1/bias', { shape: [5], data: new Float32Array(5) }],
]);

async function onBoth(check: (engine: Engine) => Promise<void>): Promise<void> {
  for (const backend of ['reference', 'wasm'] as const) {
    const loss = { kind: 'spots', classes: 1 } as const;
    await withEngine({ network: identity, backend, batchSize: 9, threads: 2, seed: 1, loss }, async (engine) => {
      engine.loadParameters(identityParameters);
      await check(engine);
    });
  }
}

/** The loss of one cell of one class, and the gradient by its five raw values. */
async function ofCell(engine: Engine, raw: readonly number[], target: readonly number[]) {
  // The other cell counts for nothing: no weight, no box.
  const batch = { images: Float32Array.from([...raw, 0, 0, 0, 0, 0]), targets: new Float32Array(14), count: 1 };
  batch.targets.set(target);
  const { gradients, ...result } = await engine.gradients(batch);
  return { ...result, slopes: gradients.get('conv1/bias')?.data ?? [] };
}

const parts = ({ parts: of }: StepResult) => {
  assert.ok(of);
  return [of.heat, of.box];
};

describe('the loss spots, by hand', () => {
  it('of a centre at even odds is ln 2 / 4, whatever the weight', () =>
    onBoth(async (engine) => {
      const { slopes, ...result } = await ofCell(engine, [0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0, 0]);
      assertClose(parts(result), [Math.LN2 / 4, 0], 1e-6, 'parts');
      assertClose(slopes, [(-Math.LN2 - 0.5) / 4, 0, 0, 0, 0], 1e-6, 'slopes');
      assert.equal(result.correct, 1);
    }));

  it('of an empty cell grows with its weight and away from centres', () =>
    onBoth(async (engine) => {
      const { slopes, ...result } = await ofCell(engine, [0, 0, 0, 0, 0], [0.5, 2, 0, 0, 0, 0, 0]);
      assertClose(parts(result), [(2 / 16) * (Math.LN2 / 4), 0], 1e-6, 'parts');
      assertClose(slopes, [(2 / 16) * ((Math.LN2 + 0.5) / 4), 0, 0, 0, 0], 1e-6, 'slopes', 1);
      assert.equal(result.correct, 0);
    }));

  it('stays finite and right for log-odds of +-60', () =>
    onBoth(async (engine) => {
      const missed = await ofCell(engine, [-60, 0, 0, 0, 0], [1, 1, 0, 0, 0, 0, 0]);
      assertClose([missed.loss], [60], 1e-6, 'loss of a missed centre');
      assertClose(missed.slopes, [-1, 0, 0, 0, 0], 1e-6, 'slopes of a missed centre');
      const invented = await ofCell(engine, [60, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0, 0]);
      assertClose([invented.loss], [60], 1e-6, 'loss of an invented centre');
      assertClose(invented.slopes, [1, 0, 0, 0, 0], 1e-6, 'slopes of an invented centre');
    }));

  it('of a box is the mean smooth L1 distance, over a weight of at least 1', () =>
    onBoth(async (engine) => {
      const small = await ofCell(engine, [0, 0.5, 3, -3, 0], [0, 0, 0, 0, 0, 0, 0.5]);
      assertClose(parts(small), [0, (0.5 * (0.125 + 2.5 + 2.5)) / 4], 1e-6, 'parts');
      assertClose(small.slopes, [0, 0.0625, 0.125, -0.125, 0], 1e-6, 'slopes');
      const heavy = await ofCell(engine, [0, 0.5, 3, -3, 0], [0, 0, 0, 0, 0, 0, 4]);
      assertClose(parts(heavy), [0, (0.125 + 2.5 + 2.5) / 4], 1e-6, 'parts');
    }));

  it('is divided by the centres of the whole batch', () =>
    onBoth(async (engine) => {
      const count = 9;
      const targets = new Float32Array(count * 14);
      for (let image = 0; image < count; image++) targets[image * 14] = 1;
      const result = await engine.trainStep({ images: new Float32Array(count * 10), targets, count });
      assertClose([result.loss], [Math.LN2 / 4], 1e-6, 'loss');
      assert.equal(result.correct, count);
    }));

  it('refuses labels, targets too short, and a network that ends in another shape', () =>
    onBoth(async (engine) => {
      const images = new Float32Array(20);
      const code = 'INK_BATCH_INVALID';
      await assert.rejects(engine.trainStep({ images, labels: [0], count: 1 }), { code, message: /takes targets/ });
      await assert.rejects(engine.trainStep({ images, targets: new Float32Array(14), count: 2 }), { code });
      const wrong = { network: identity, backend: 'wasm', batchSize: 1, seed: 1 } as const;
      assert.throws(() => createEngine({ ...wrong, loss: { kind: 'spots', classes: 2 } }), {
        code: 'INK_GRAPH_INVALID',
        message: /"conv1".*6 channels/,
      });
      assert.throws(() => createEngine({ ...wrong, loss: { kind: 'spots', classes: 0 } }), {
        code: 'INK_CONFIG_INVALID',
      });
      assert.throws(() => createEngine(wrong), { code: 'INK_GRAPH_INVALID', message: /softmax/ });
    }));
});

describe('the loss spots', () => {
  it('has the gradients that its values say', async () => {
    await fc.assert(
      fc.asyncProperty(settings, async (chosen) => {
        const network = spotter(chosen);
        const loss = { kind: 'spots', classes: chosen.classes } as const;
        const engine = createEngine({ network, backend: 'reference', batchSize: 3, seed: chosen.seed, loss });
        await assertNumericGradients(engine, randomTargets(network, 2, chosen.classes, chosen.seed), chosen.seed);
      }),
      { numRuns: 6 },
    );
  });

  it('is the same in wasm as in the reference', async () => {
    await fc.assert(
      fc.asyncProperty(settings, async (chosen) => {
        const { classes, count, seed } = chosen;
        const network = spotter(chosen);
        const kernels = seed % 2 === 0 ? 'simd' : 'relaxed-simd';
        const options = {
          network,
          kernels,
          batchSize: 11,
          threads: 2,
          seed,
          loss: { kind: 'spots', classes },
        } as const;
        const batch = randomTargets(network, count, classes, seed);
        const reference = createEngine({ ...options, backend: 'reference' });
        const expected = await reference.gradients(batch);
        await withEngine({ ...options, backend: 'wasm' }, async (engine) => {
          const { gradients, ...actual } = await engine.gradients(batch);
          assertClose([actual.loss, ...parts(actual)], [expected.loss, ...parts(expected)], 1e-5, 'loss and parts');
          assert.equal(actual.correct, expected.correct);
          for (const [name, { data }] of expected.gradients) {
            assertClose(gradients.get(name)?.data ?? [], data, 5e-4, `gradient of ${name}`, 1e-2);
          }
          const maps = await reference.predict(batch.images, count);
          assertClose(await engine.predict(batch.images, count), maps, 1e-4, 'maps');
        });
      }),
      { numRuns: 10 },
    );
  });

  it('trains with clipping, decay, schedule and average as the reference does', async () => {
    const classes = 3;
    const network = spotter({ channels: 1, classes });
    const options: EngineOptions = {
      ...{ network, backend: 'wasm', batchSize: 9, seed: 3, loss: { kind: 'spots', classes }, optimizer: ADAMW },
      schedule: { kind: 'cosine', learningRate: 0.01, warmup: 2, total: 6, final: 0.001 },
      ...{ clipNorm: 0.3, averageDecay: 0.9 },
    };
    const reference = createEngine({ ...options, backend: 'reference' });
    await withEngine(options, async (engine) => {
      const batch = randomTargets(network, 9, classes, 7);
      const losses: number[] = [];
      for (let step = 0; step < 6; step++) {
        const { loss } = await engine.trainStep(batch);
        assertClose([loss], [(await reference.trainStep(batch)).loss], 1e-4, 'loss');
        losses.push(loss);
      }
      assert.ok(losses[5] < losses[0], losses.join(', '));
      const maps = await reference.predict(batch.images, 9, 'averaged');
      assertClose(await engine.predict(batch.images, 9, 'averaged'), maps, 2e-3, 'maps');
    });
  });
});
