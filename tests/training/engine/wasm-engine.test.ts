import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { InkError } from '@inkcast/shared/errors';
import {
  ADAM,
  ADAMW,
  createEngine,
  type Engine,
  type EngineOptions,
  nodeHost,
  type OptimizerOptions,
  SGD,
} from '@inkcast/training/engine';
import { createEngineOn } from '@inkcast/training/engine/portable';
import { buildModel, type Network, NetworkBuilder, type Parameters } from '@inkcast/training/models';
import { assertClose } from './support/compare.js';
import { randomBatch } from './support/small-networks.js';

const network = buildModel('lenet', { inputShape: [12, 13, 1], width: 0.25 });

/** A network with what the tutorial's lacks: statistics over the batch, attention, branches. */
function branching(): Network {
  const builder = new NetworkBuilder('branching', [12, 13, 1]).conv2d(8, 3, { padding: 'same', bias: false });
  const trunk = builder.batchNorm().relu().maxPool(2).end;
  const block = builder.depthwiseConv2d(3, { padding: 'same', bias: false }).batchNorm().hardSwish().end;
  builder.globalAveragePool().conv2d(4, 1).relu().conv2d(8, 1).sigmoid().multiplyOver(block).add(trunk);
  return builder.dropout(0.2).globalAveragePool().flatten().dense(10).softmax().build();
}

const MEASURED_STEPS = 51;

const medianOf = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1];

const networks = [network, branching()];
const base: EngineOptions = { network, backend: 'wasm', batchSize: 21, seed: 4 };
const batches = [21, 5, 1, 20].map((count, index) => randomBatch(network, count, 10, index));

async function withEngine<Result>(
  options: EngineOptions,
  use: (engine: Engine) => Promise<Result>,
  engine = createEngine(options),
): Promise<Result> {
  await engine.start();
  try {
    return await use(engine);
  } finally {
    await engine.stop();
  }
}

async function trainAll(engine: Engine): Promise<void> {
  for (const batch of batches) await engine.trainStep(batch);
}

function hash(parameters: Parameters): string {
  const digest = createHash('sha256');
  for (const [name, { data }] of parameters) digest.update(name).update(data);
  return digest.digest('hex');
}

describe('the wasm engine', () => {
  for (const trained of networks) {
    it(`comes to the same bits on 1, 2, 3 and 4 threads: ${trained.name}`, async () => {
      const hashes = new Set<string>();
      for (const threads of [1, 2, 3, 4]) {
        await withEngine({ ...base, network: trained, threads, averageDecay: 0.9 }, async (engine) => {
          await trainAll(engine);
          hashes.add(hash(engine.parameters()) + hash(engine.parameters('averaged')));
        });
      }
      assert.equal(hashes.size, 1);
    });
  }

  it('comes to the same bits in the thread of its caller', async () => {
    const options: EngineOptions = { ...base, network: branching(), threads: 2 };
    const trained = async (engine: Engine) => {
      await trainAll(engine);
      return hash(engine.parameters());
    };
    // As in a browser on a page that is not isolated: threads share no memory.
    const alone = createEngineOn({ ...nodeHost(), startThread: undefined }, options);
    assert.equal(await withEngine(options, trained, alone), await withEngine(options, trained));
    const again = alone.trainStep(batches[0]);
    await assert.rejects(again, (error: unknown) => error instanceof InkError && error.code === 'INK_ENGINE_FAILED');
  });

  for (const batchSize of [4, 64]) {
    it(`allocates only promises in a step, with ${batchSize} pictures`, () => allocatesNothing(batchSize));
  }

  /**
   * The promises and the message of a step are some 8 KB; 64 pictures alone are 40 KB, their activations far more. What a
   * step allocates, every step has: the median leaves out the few into which compiled code or a collection falls. Where
   * steps allocate so much that most are collected in, as much is freed as is allocated: both count.
   */
  async function allocatesNothing(batchSize: number): Promise<void> {
    const batch = randomBatch(network, batchSize, 10, 1);
    await withEngine({ ...base, batchSize, averageDecay: 0.9, threads: 2 }, async (engine) => {
      for (let step = 0; step < MEASURED_STEPS; step++) await engine.trainStep(batch);
      const heap: number[] = [];
      const buffers: number[] = [];
      for (let step = 0; step < MEASURED_STEPS; step++) {
        const before = process.memoryUsage();
        await engine.trainStep(batch);
        const after = process.memoryUsage();
        heap.push(Math.abs(after.heapUsed - before.heapUsed));
        buffers.push(Math.abs(after.arrayBuffers - before.arrayBuffers));
      }
      assert.ok(medianOf(heap) < 16_384, `${medianOf(heap)} bytes per step`);
      assert.ok(medianOf(buffers) === 0, `${medianOf(buffers)} bytes of buffers per step`);
    });
  }

  for (const optimizer of [ADAM, ADAMW, { ...SGD, weightDecay: 0.01 }, { ...SGD, nesterov: true }]) {
    for (const trained of networks) {
      it(`gives the same steps as the reference: ${trained.name}, ${JSON.stringify(optimizer)}`, () =>
        agreesWithReference(trained, optimizer));
    }
  }

  async function agreesWithReference(trained: Network, optimizer: OptimizerOptions): Promise<void> {
    const options: EngineOptions = {
      ...base,
      network: trained,
      optimizer,
      schedule: { kind: 'cosine', learningRate: 0.01, warmup: 2, total: 5, final: 0.001 },
      clipNorm: 0.3,
      averageDecay: 0.9,
    };
    const expected = createEngine({ ...options, backend: 'reference' });
    await withEngine(options, async (engine) => {
      for (const batch of batches) {
        const step = await engine.trainStep(batch);
        const reference = await expected.trainStep(batch);
        assertClose([step.loss], [reference.loss], 1e-4, 'loss');
        assert.equal(step.correct, reference.correct);
      }
      for (const weights of ['current', 'averaged'] as const) {
        const actual = engine.parameters(weights);
        for (const [name, { data }] of expected.parameters(weights)) {
          assertClose(actual.get(name)?.data ?? [], data, 2e-3, `${weights} ${name}`);
        }
        const [{ images, count }] = batches;
        const probabilities = await expected.predict(images, count, weights);
        assertClose(await engine.predict(images, count, weights), probabilities, 2e-3, 'probabilities');
      }
    });
  }

  it('continues bit by bit from a saved state', async () => {
    const options = { ...base, averageDecay: 0.9 };
    const unbroken = await withEngine(options, async (engine) => {
      await trainAll(engine);
      await trainAll(engine);
      return engine.state();
    });
    const saved = await withEngine(options, async (engine) => {
      await trainAll(engine);
      return engine.state();
    });
    const resumed = await withEngine({ ...options, seed: base.seed }, async (engine) => {
      engine.loadState(saved);
      await trainAll(engine);
      return engine.state();
    });
    assert.deepEqual(resumed, unbroken);
  });

  it('does not change frozen layers', async () => {
    const options = { ...base, frozen: ['conv1', 'conv2'] };
    await withEngine(options, async (engine) => {
      const before = engine.parameters();
      const { gradients } = await engine.gradients(batches[0]);
      assert.deepEqual([...gradients.keys()], ['dense1/kernel', 'dense1/bias', 'dense2/kernel', 'dense2/bias']);
      await trainAll(engine);
      const after = engine.parameters();
      assert.deepEqual(after.get('conv2/kernel'), before.get('conv2/kernel'));
      assert.notDeepEqual(after.get('dense1/kernel'), before.get('dense1/kernel'));
    });
  });

  it('stops at a value that is not finite, names the layer and keeps the weights', async () => {
    await withEngine(base, async (engine) => {
      const parameters = engine.parameters();
      const kernel = parameters.get('conv2/kernel');
      assert.ok(kernel);
      kernel.data[3] = Number.NaN;
      engine.loadParameters(parameters);
      const before = hash(engine.parameters());
      await assert.rejects(engine.trainStep(batches[0]), { code: 'INK_TRAINING_DIVERGED', message: /"conv2"/ });
      assert.equal(hash(engine.parameters()), before);
    });
  });

  it('names the layer whose gradient overflows', async () => {
    await withEngine(base, async (engine) => {
      const { images, labels, count } = batches[0];
      const bright = { images: images.map((value) => value * 1e22), labels, count };
      await assert.rejects(engine.trainStep(bright), { code: 'INK_TRAINING_DIVERGED', message: /gradient of layer/ });
    });
  });

  it('refuses inputs that do not fit, and a run before its start', async () => {
    const engine = createEngine(base);
    await assert.rejects(engine.trainStep(batches[0]), { code: 'INK_ENGINE_FAILED', message: /not started/ });
    const { images, labels } = batches[0];
    await assert.rejects(engine.predict(images, 22), { code: 'INK_BATCH_INVALID' });
    await assert.rejects(engine.predict(images, 2), { code: 'INK_ENGINE_FAILED', message: /not started/ });
    const wrong = labels.map(() => 10);
    await assert.rejects(engine.trainStep({ images, labels: wrong, count: 3 }), { message: /the label 10/ });
    assert.throws(() => engine.loadParameters(new Map()), { code: 'INK_CHECKPOINT_INVALID' });
    assert.throws(() => engine.parameters('averaged'), { code: 'INK_CONFIG_INVALID', message: /averageDecay/ });
    assert.throws(() => createEngine({ ...base, clipNorm: 0 }), { code: 'INK_CONFIG_INVALID', message: /clipNorm/ });
    assert.throws(() => createEngine({ ...base, batchSize: 100_000_000 }), {
      code: 'INK_OUT_OF_MEMORY',
      message: /needs .* GiB/,
    });
    assert.throws(() => createEngine({ ...base, frozen: ['conv9'] }), { code: 'INK_GRAPH_INVALID' });
  });
});

describe('the wasm engine interrupted', () => {
  it('refuses a second call during a call', async () => {
    await withEngine(base, async (engine) => {
      const expected = await engine.gradients(batches[0]);
      const first = engine.gradients(batches[0]);
      await assert.rejects(engine.trainStep(batches[1]), { code: 'INK_ENGINE_FAILED', message: /before it was done/ });
      assert.deepEqual(await first, expected);
    });
  });

  it('fails the current call and all later calls after a stop', async () => {
    // Long enough for the threads to be ended in the middle of it.
    const slow = buildModel('lenet');
    const engine = createEngine({ ...base, network: slow, batchSize: 256 });
    const batch = randomBatch(slow, 256, 10, 1);
    await engine.start();
    const pending = engine.trainStep(batch);
    const failed = assert.rejects(pending, { code: 'INK_ENGINE_FAILED' });
    await engine.stop();
    await failed;
    await assert.rejects(engine.trainStep(batch), { code: 'INK_ENGINE_FAILED', message: /not started/ });
  });
});

describe('the two builds of the kernels', () => {
  it('both run here, report their names, and differ only in the last bits', async () => {
    const results: Parameters[] = [];
    for (const kernels of ['simd', 'relaxed-simd'] as const) {
      await withEngine({ ...base, kernels }, async (engine) => {
        assert.equal(engine.build, `wasm-${kernels}`);
        await trainAll(engine);
        results.push(engine.parameters());
      });
    }
    const [plain, relaxed] = results;
    for (const [name, { data }] of plain) assertClose(relaxed.get(name)?.data ?? [], data, 1e-3, name);
    assert.notEqual(hash(plain), hash(relaxed));
  });
});
