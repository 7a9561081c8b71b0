import assert from 'node:assert/strict';
import { createEngine, type Engine } from '@inkcast/training/engine';
import type { Parameters } from '@inkcast/training/models';
import { Random } from '@inkcast/training/random';
import fc from 'fast-check';
import { MIDDLES, randomBatch, settings, smallNetwork } from './support/small-networks.js';

// Where a kink (of a ReLU, of a maximum) lies between the wider probes, the nearer ones decide.
const PROBES = [2 ** -17, 2 ** -21, 2 ** -23];

/** The parameters with one value moved, and how far float32 let it move. */
function moved(parameters: Parameters, name: string, index: number, by: number): [Parameters, number] {
  const tensor = parameters.get(name);
  assert.ok(tensor);
  const data = tensor.data.slice();
  data[index] += by;
  return [new Map(parameters).set(name, { shape: tensor.shape, data }), data[index]];
}

async function numericGradient(
  engine: Engine,
  batch: ReturnType<typeof randomBatch>,
  parameters: Parameters,
  name: string,
  index: number,
  probe: number,
): Promise<number> {
  const [above, high] = moved(parameters, name, index, probe);
  const [below, low] = moved(parameters, name, index, -probe);
  engine.loadParameters(above);
  const upper = await engine.gradients(batch);
  engine.loadParameters(below);
  const lower = await engine.gradients(batch);
  return (upper.loss - lower.loss) / (high - low);
}

describe('reference gradients agree with numeric ones', () => {
  for (const [name, middle] of Object.entries(MIDDLES)) {
    it(name, async () => {
      await fc.assert(
        fc.asyncProperty(settings, async (chosen) => {
          const network = smallNetwork(middle, chosen);
          const loss = { labelSmoothing: 0.1, classWeights: Array.from({ length: chosen.classes }, (_, i) => 0.5 + i) };
          const engine = createEngine({ network, backend: 'reference', batchSize: 3, seed: chosen.seed, loss });
          const batch = randomBatch(network, Math.min(chosen.count, 3), chosen.classes, chosen.seed);
          const parameters = engine.parameters();
          const { gradients } = await engine.gradients(batch);
          const random = new Random(chosen.seed);
          for (const [parameter, { data }] of gradients) {
            const index = random.integer(data.length);
            const tried: number[] = [];
            const isClose = (numeric: number) =>
              Math.abs(numeric - data[index]) < 1e-5 * Math.max(1, Math.abs(numeric));
            for (const probe of PROBES) {
              tried.push(await numericGradient(engine, batch, parameters, parameter, index, probe));
              if (tried.some(isClose)) break;
            }
            assert.ok(tried.some(isClose), `${parameter}[${index}]: ${data[index]}, numerically ${tried.join(', ')}`);
          }
        }),
        { numRuns: 6 },
      );
    });
  }
});
