import { createEngine } from '@inkcast/training/engine';
import { buildModel } from '@inkcast/training/models';
import { Random } from '@inkcast/training/random';

const BATCH = 64;
const WARM_UP = 10;

/** The median time of the tutorial's training step over `steps`, in milliseconds. */
export async function timeOurSteps(threads: number, steps: number): Promise<{ build: string; msPerStep: number }> {
  const random = new Random(1);
  const images = Float32Array.from({ length: BATCH * 784 }, () => random.next());
  const labels = Uint8Array.from({ length: BATCH }, () => random.integer(10));
  const engine = createEngine({ network: buildModel('lenet'), backend: 'wasm', batchSize: BATCH, threads, seed: 1 });
  await engine.start();
  try {
    const times: number[] = [];
    for (let step = 0; step < WARM_UP + steps; step++) {
      const start = performance.now();
      await engine.trainStep({ images, labels, count: BATCH });
      times.push(performance.now() - start);
    }
    const sorted = times.slice(WARM_UP).sort((a, b) => a - b);
    return { build: engine.build, msPerStep: sorted[sorted.length >> 1] };
  } finally {
    await engine.stop();
  }
}
