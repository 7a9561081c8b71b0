import assert from 'node:assert/strict';
import { elementCount } from '@inkcast/shared/tflite-file';
import { createInt8Interpreter } from '@inkcast/training/int8-interpreter';
import { Random } from '@inkcast/training/random';
import { writeTflite } from '@inkcast/training/tflite';
import { allowedDifference } from '@inkcast/training/verification';
import fc from 'fast-check';
import { tfLiteOfSuite } from '../support/tflite-of-suite.js';
import { OPERATORS, operatorGraph } from '../tflite/support/operators.js';
import { type Settings, settings } from '../tflite/support/random-graph.js';

/** LOGISTIC is off by one here, though by none in most graphs. */
const SELDOM: Settings = {
  size: [4, 4],
  channels: 1,
  filters: 1,
  window: [1, 1],
  strides: [1, 1],
  dilations: [1, 1],
  padding: 'same',
  activation: 'none',
  batch: 1,
  seed: 430394474,
};

describe("XNNPACK's int8 kernels beside the reference", () => {
  const library = tfLiteOfSuite();

  for (const [name, { kind }] of Object.entries(OPERATORS)) {
    it(`round otherwise by at most ${allowedDifference(kind)} LSB, given the same inputs: ${name}`, () => {
      fc.assert(
        fc.property(settings, (of) => {
          const model = operatorGraph(name, 'int8', of);
          const random = new Random(of.seed + 1);
          const inputs = model.inputs.map((index) =>
            Int8Array.from({ length: elementCount(model.tensors[index].shape) }, () => random.integer(256) - 128),
          );
          const reference = createInt8Interpreter(model);
          const loaded = library().loadModel(writeTflite(model));
          try {
            const interpreter = loaded.createInterpreter({ delegate: 'xnnpack' });
            for (const [index, values] of inputs.entries()) {
              interpreter.inputs[index].data.set(values);
              reference.values(model.inputs[index]).set(values);
            }
            interpreter.invoke();
            const actual = interpreter.outputs[0].data;
            for (const [index, expected] of reference.run(inputs[0]).entries()) {
              const difference = Math.abs(actual[index] - expected);
              assert.ok(difference <= allowedDifference(kind), `${index}: ${actual[index]} instead of ${expected}`);
            }
          } finally {
            loaded.close();
          }
        }),
        { numRuns: 60, examples: [[SELDOM]] },
      );
    });
  }
});
