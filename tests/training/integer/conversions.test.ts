import assert from 'node:assert/strict';
import { openTfLite, type TfLiteLibrary } from '@inkcast/shared/tflite';
import type { TensorType, TfliteTensor } from '@inkcast/shared/tflite-file';
import { createIntegerInterpreter } from '@inkcast/training/integer';
import { Random } from '@inkcast/training/random';
import { GraphBuilder, writeTflite } from '@inkcast/training/tflite';
import fc from 'fast-check';
import { quantized } from '../../support/sample-tflite.js';

const CASES: readonly (readonly ['quantize' | 'dequantize', TensorType, TensorType])[] = [
  ['quantize', 'float32', 'int8'],
  ['quantize', 'int8', 'int8'],
  ['quantize', 'uint8', 'int8'],
  ['quantize', 'int8', 'uint8'],
  ['dequantize', 'int8', 'float32'],
  ['dequantize', 'uint8', 'float32'],
];

describe('conversions in the integer reference interpreter', () => {
  let library: TfLiteLibrary;
  before(() => {
    library = openTfLite();
  });
  after(() => library.close());

  for (const [kind, from, to] of CASES) {
    it(`give the bits of ${kind.toUpperCase()} from ${from} to ${to}`, () => {
      fc.assert(
        fc.property(fc.nat(), (seed) => {
          const random = new Random(seed);
          const tensor = (name: string, type: TensorType): TfliteTensor => {
            const zeroPoint = random.integer(256) - (type === 'int8' ? 128 : 0);
            const scale = Math.fround(random.uniform(0.01, 0.1));
            const plain = { name, type, shape: [1, 40] };
            return type === 'float32' ? plain : { ...plain, quantization: quantized(scale, zeroPoint) };
          };
          const graph = new GraphBuilder();
          const [input, output] = [graph.tensor(tensor('input', from)), graph.tensor(tensor('output', to))];
          graph.operator({ kind, inputs: [input], outputs: [output] });
          const model = graph.build({ name: 'main', description: '', inputs: [input], outputs: [output] });
          const values = Array.from({ length: 40 }, () =>
            from === 'float32' ? random.normal() : random.integer(256) - (from === 'int8' ? 128 : 0),
          );
          const loaded = library.loadModel(writeTflite(model));
          const interpreter = loaded.createInterpreter();
          interpreter.inputs[0].data.set(values);
          interpreter.invoke();
          const expected = [...interpreter.outputs[0].data];
          loaded.close();
          assert.deepEqual([...createIntegerInterpreter(model).run(values)], expected);
        }),
        { numRuns: 60 },
      );
    });
  }
});
