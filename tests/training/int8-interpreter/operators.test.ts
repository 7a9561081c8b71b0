import assert from 'node:assert/strict';
import type { TfLiteLibrary } from '@inkcast/shared/tflite';
import type { TfliteModel } from '@inkcast/shared/tflite-file';
import { createInt8Interpreter } from '@inkcast/training/int8-interpreter';
import { Random } from '@inkcast/training/random';
import { writeTflite } from '@inkcast/training/tflite';
import fc from 'fast-check';
import { tfLiteOfSuite } from '../support/tflite-of-suite.js';
import { OPERATORS, operatorGraph } from '../tflite/support/operators.js';
import { type Settings, settings } from '../tflite/support/random-graph.js';

/** Random int8 values for each input of a model. */
function randomInputs(model: TfliteModel, seed: number): Int8Array[] {
  const random = new Random(seed + 1);
  return model.inputs.map((index) => {
    const length = model.tensors[index].shape.reduce((product, size) => product * size, 1);
    return Int8Array.from({ length }, () => random.integer(256) - 128);
  });
}

function runNative(library: TfLiteLibrary, model: TfliteModel, inputs: readonly Int8Array[]): number[] {
  const loaded = library.loadModel(writeTflite(model));
  try {
    const interpreter = loaded.createInterpreter();
    for (const [index, values] of inputs.entries()) interpreter.inputs[index].data.set(values);
    interpreter.invoke();
    return [...interpreter.outputs[0].data];
  } finally {
    loaded.close();
  }
}

function runReference(model: TfliteModel, inputs: readonly Int8Array[]): number[] {
  const interpreter = createInt8Interpreter(model);
  for (const [index, values] of inputs.entries()) interpreter.values(model.inputs[index]).set(values);
  return [...interpreter.run(inputs[0])];
}

describe('the integer reference interpreter', () => {
  const library = tfLiteOfSuite();

  for (const name of Object.keys(OPERATORS)) {
    it(`gives the bits of TensorFlow Lite's built-in kernel: ${name}`, () => {
      fc.assert(
        fc.property(settings, (of: Settings) => {
          const model = operatorGraph(name, 'int8', of);
          const inputs = randomInputs(model, of.seed);
          assert.deepEqual(runReference(model, inputs), runNative(library(), model, inputs));
        }),
        { numRuns: 60 },
      );
    });
  }
});
