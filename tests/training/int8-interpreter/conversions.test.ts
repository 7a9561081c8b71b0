import assert from 'node:assert/strict';
import { openTfLite, type TfLiteLibrary } from '@inkcast/shared/tflite';
import { readTflite, type TensorType, type TfliteTensor } from '@inkcast/shared/tflite-file';
import { createInt8Interpreter } from '@inkcast/training/int8-interpreter';
import { Random } from '@inkcast/training/random';
import { GraphBuilder, writeTflite } from '@inkcast/training/tflite';
import fc from 'fast-check';
import { quantized } from '../../support/sample-tflite.js';
import { dequantizedValues } from '../tflite/support/dequantize.js';

const CASES: readonly (readonly ['quantize' | 'dequantize', TensorType, TensorType])[] = [
  ['quantize', 'float32', 'int8'],
  ['quantize', 'float32', 'uint8'],
  ['quantize', 'int8', 'int8'],
  ['quantize', 'uint8', 'int8'],
  ['quantize', 'int8', 'uint8'],
  ['dequantize', 'int8', 'float32'],
  ['dequantize', 'uint8', 'float32'],
];

/** The lowest and highest number that a tensor's values can stand for. */
function endsOf(tensor: TfliteTensor): readonly number[] {
  const values = tensor.type === 'int8' ? [-128, 127] : tensor.type === 'uint8' ? [0, 255] : [-Infinity, Infinity];
  return [...dequantizedValues(tensor, values)];
}

describe('conversions in the integer reference interpreter', () => {
  let library: TfLiteLibrary;
  before(() => {
    library = openTfLite();
  });
  after(() => library.close());

  for (const [kind, from, to] of CASES) {
    it(`are read back equal, keep what the values stand for, and give the bits of ${kind.toUpperCase()} from ${from} to ${to}`, () => {
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
          const file = writeTflite(model);
          assert.deepEqual(readTflite(file), model);
          const loaded = library.loadModel(file);
          const interpreter = loaded.createInterpreter();
          interpreter.inputs[0].data.set(values);
          interpreter.invoke();
          const expected = [...interpreter.outputs[0].data];
          loaded.close();
          assert.deepEqual([...createInt8Interpreter(model).run(values)], expected);
          const step = model.tensors[output].quantization?.scales[0] ?? 0;
          const [before, after] = [
            dequantizedValues(model.tensors[input], values),
            dequantizedValues(model.tensors[output], expected),
          ];
          // Half a step, and another quarter where a fixed-point product is rounded twice.
          const [least, most] = endsOf(model.tensors[output]);
          for (const [index, value] of before.entries()) {
            const error = Math.abs(Math.min(most, Math.max(least, value)) - after[index]);
            assert.ok(
              error <= (from === 'float32' ? 0.51 : 0.76) * step + 1e-6,
              `${value} became ${after[index]}, in steps of ${step}`,
            );
          }
        }),
        { numRuns: 60 },
      );
    });
  }
});
