import type { Engine, EngineOptions } from '@inkcast/training/engine/portable';
import { type Network, NetworkBuilder, type Parameters } from '@inkcast/training/models';
import { Random } from '@inkcast/training/random';

const CLASSES = 10;
const BATCH = 21;
const STEPS = [21, 5, 1, 20];

/** A few steps of training, which Node.js and a browser both do. */
export interface Trial {
  readonly seed: number;
  readonly threads: number;
  readonly kernels: 'simd' | 'relaxed-simd';
}

/** All weights after the trial, by name, as their bits. */
export type Bits = Readonly<Record<string, readonly number[]>>;

/** With convolutions of all kinds, statistics over the batch, attention, branches and a random mask. */
function network(): Network {
  const builder = new NetworkBuilder('trial', [12, 13, 1]).conv2d(8, 3, { padding: 'same', bias: false });
  const trunk = builder.batchNorm().relu().conv2d(8, 3, { padding: 'same', bias: true }).relu().maxPool(2).end;
  const block = builder.depthwiseConv2d(3, { padding: 'same', bias: false }).batchNorm().hardSwish().end;
  builder.globalAveragePool().conv2d(4, 1).relu().conv2d(8, 1).sigmoid().multiplyOver(block).add(trunk);
  return builder.dropout(0.2).globalAveragePool().flatten().dense(CLASSES).softmax().build();
}

export const optionsOf = ({ seed, threads, kernels }: Trial): EngineOptions => ({
  ...{ network: network(), backend: 'wasm', batchSize: BATCH, seed, threads, kernels },
  optimizer: { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0.01 },
});

/** Trains an engine that is not started yet, and stops it. */
export async function train(engine: Engine, { seed }: Trial): Promise<Bits> {
  await engine.start();
  try {
    const random = new Random(seed);
    for (const count of STEPS) {
      const images = Float32Array.from({ length: count * 12 * 13 }, () => random.next());
      const labels = Array.from({ length: count }, () => random.integer(CLASSES));
      await engine.trainStep({ images, labels, count });
    }
    return bitsOf(engine.parameters());
  } finally {
    await engine.stop();
  }
}

const bitsOf = (parameters: Parameters): Bits =>
  Object.fromEntries(
    [...parameters].map(([name, { data }]) => [name, [...new Uint32Array(Float32Array.from(data).buffer)]]),
  );
