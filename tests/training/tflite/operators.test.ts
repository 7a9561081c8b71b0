import assert from 'node:assert/strict';
import { openTfLite, type TfLiteLibrary } from '@inkcast/shared/tflite';
import { elementCount, readTflite } from '@inkcast/shared/tflite-file';
import { Random } from '@inkcast/training/random';
import { writeTflite } from '@inkcast/training/tflite';
import fc from 'fast-check';
import { OPERATORS, operatorGraph } from './support/operators.js';
import { settings } from './support/random-graph.js';
import { tensorflowOutput } from './support/tensorflow-operator.js';

describe('every operator that is written', () => {
  let library: TfLiteLibrary;
  before(() => {
    library = openTfLite();
  });
  after(() => {
    library.close();
    assert.equal(library.openHandles, 0);
  });

  for (const [name, { kind }] of Object.entries(OPERATORS)) {
    it(`is read back equal: ${name}`, () => {
      fc.assert(
        fc.property(settings, fc.constantFrom('float32', 'int8'), (of, numbers) => {
          const model = operatorGraph(name, numbers, of);
          assert.equal(model.operators[0].kind, kind);
          assert.deepEqual(readTflite(writeTflite(model)), model);
        }),
        { numRuns: 30 },
      );
    });

    for (const delegate of ['none', 'xnnpack'] as const) {
      it(`computes in TensorFlow Lite (${delegate}) what TensorFlow.js does: ${name}`, () => {
        fc.assert(
          fc.property(settings, (of) => {
            const model = operatorGraph(name, 'float32', of);
            const random = new Random(of.seed + 1);
            const inputs = model.inputs.map((index) =>
              Float32Array.from({ length: elementCount(model.tensors[index].shape) }, () => 3 * random.normal()),
            );
            const loaded = library.loadModel(writeTflite(model));
            try {
              const interpreter = loaded.createInterpreter({ delegate });
              for (const [index, values] of inputs.entries()) interpreter.inputs[index].data.set(values);
              interpreter.invoke();
              const expected = tensorflowOutput(model, inputs);
              const actual = interpreter.outputs[0].data;
              assert.equal(actual.length, expected.length);
              for (const [index, value] of expected.entries()) {
                const error = Math.abs(actual[index] - value);
                assert.ok(error <= 1e-4 * (1 + Math.abs(value)), `${index}: ${actual[index]} instead of ${value}`);
              }
            } finally {
              loaded.close();
            }
          }),
          { numRuns: 20 },
        );
      });
    }
  }
});
