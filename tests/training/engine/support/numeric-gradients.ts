import assert from 'node:assert/strict';
import type { Batch, Engine } from '@inkcast/training/engine';
import type { Parameters } from '@inkcast/training/models';
import { Random } from '@inkcast/training/random';

// If there is a kink (of a ReLU or a maximum) between the wider probes, the nearer ones decide.
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
  batch: Batch,
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

/** Fails where a value of each parameter, drawn by `seed`, has another gradient than the loss on both sides of it says. */
export async function assertNumericGradients(engine: Engine, batch: Batch, seed: number): Promise<void> {
  const parameters = engine.parameters();
  const { gradients } = await engine.gradients(batch);
  const random = new Random(seed);
  for (const [parameter, { data }] of gradients) {
    const index = random.integer(data.length);
    const tried: number[] = [];
    const isClose = (numeric: number) => Math.abs(numeric - data[index]) < 1e-5 * Math.max(1, Math.abs(numeric));
    for (const probe of PROBES) {
      tried.push(await numericGradient(engine, batch, parameters, parameter, index, probe));
      if (tried.some(isClose)) break;
    }
    assert.ok(tried.some(isClose), `${parameter}[${index}]: ${data[index]}, numerically ${tried.join(', ')}`);
  }
}
