import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { type Engine, engineCode, openEngine } from '@inkcast/reader/engine';
import type { TfliteModel } from '@inkcast/shared/tflite-file';
import { createInt8Interpreter } from '@inkcast/training/int8-interpreter';
import { Random } from '@inkcast/training/random';
import fc from 'fast-check';
import { OPERATORS, operatorGraph } from '../../training/tflite/support/operators.js';
import { type Settings, settings } from '../../training/tflite/support/random-graph.js';

/** Random int8 values for each input of a model. */
function randomInputs(model: TfliteModel, seed: number): Int8Array[] {
  const random = new Random(seed + 1);
  return model.inputs.map((index) => {
    const length = model.tensors[index].shape.reduce((product, size) => product * size, 1);
    return Int8Array.from({ length }, () => random.integer(256) - 128);
  });
}

function runReference(model: TfliteModel, inputs: readonly Int8Array[]): number[] {
  // The engine rounds ties as x86's library does, on every machine.
  const interpreter = createInt8Interpreter(model, { matrixTies: 'up' });
  for (const [index, values] of inputs.entries()) interpreter.values(model.inputs[index]).set(values);
  return [...interpreter.run(inputs[0])];
}

describe("Inkcast's engine", () => {
  let engine: Engine;
  before(async () => {
    engine = await openEngine(await readFile(engineCode()));
  });

  for (const name of Object.keys(OPERATORS)) {
    it(`gives the bits of the integer reference: ${name}`, () => {
      fc.assert(
        fc.property(settings, (of: Settings) => {
          const model = operatorGraph(name, 'int8', of);
          const loaded = engine.load(model);
          // Twice, so that nothing of the first run is left for the second.
          for (const seed of [of.seed, of.seed + 1]) {
            const inputs = randomInputs(model, seed);
            for (const [index, values] of inputs.entries()) loaded.inputs[index].set(values);
            loaded.run();
            assert.deepEqual([...loaded.outputs[0]], runReference(model, inputs));
          }
        }),
        { numRuns: 60 },
      );
    });
  }
});
