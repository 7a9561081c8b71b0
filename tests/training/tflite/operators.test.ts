import assert from 'node:assert/strict';
import { elementCount, readTflite } from '@inkcast/shared/tflite-file';
import { Random } from '@inkcast/training/random';
import { writeTflite } from '@inkcast/training/tflite';
import fc from 'fast-check';
import { tfLiteOfSuite } from '../support/tflite-of-suite.js';
import { dequantizedModel, dequantizedValues } from './support/dequantize.js';
import { OPERATORS, operatorGraph } from './support/operators.js';
import { settings } from './support/random-graph.js';
import { tensorflowOutput } from './support/tensorflow-operator.js';

/** Tolerance of an int8 kernel in output steps, for the rounding of operands, table and result. */
const INT8_STEPS = 2;

describe('every operator that is written', () => {
  const library = tfLiteOfSuite();

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
            const loaded = library().loadModel(writeTflite(model));
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

    it(`computes in int8 what TensorFlow.js does with the values it stands for: ${name}`, () => {
      fc.assert(
        fc.property(settings, (of) => {
          const model = operatorGraph(name, 'int8', of);
          const random = new Random(of.seed + 1);
          const inputs = model.inputs.map((index) =>
            Int8Array.from({ length: elementCount(model.tensors[index].shape) }, () => random.integer(256) - 128),
          );
          const loaded = library().loadModel(writeTflite(model));
          try {
            const interpreter = loaded.createInterpreter();
            for (const [index, values] of inputs.entries()) interpreter.inputs[index].data.set(values);
            interpreter.invoke();
            const real = model.inputs.map((index, at) => dequantizedValues(model.tensors[index], inputs[at]));
            const expected = tensorflowOutput(dequantizedModel(model), real);
            const { scale, zeroPoint } = interpreter.outputs[0].quantization ?? assert.fail('it has no scale');
            for (const [index, actual] of interpreter.outputs[0].data.entries()) {
              const wanted = Math.min(127, Math.max(-128, expected[index] / scale + zeroPoint));
              assert.ok(Math.abs(actual - wanted) <= INT8_STEPS, `${index}: ${actual} instead of ${wanted}`);
            }
          } finally {
            loaded.close();
          }
        }),
        { numRuns: 20 },
      );
    });
  }
});
