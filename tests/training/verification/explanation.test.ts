import assert from 'node:assert/strict';
import type { TfliteModel } from '@inkcast/shared/tflite-file';
import { createInt8Interpreter, type Int8Interpreter } from '@inkcast/training/int8-interpreter';
import { Random } from '@inkcast/training/random';
import { DifferenceExplanation, type Explanation } from '@inkcast/training/verification';
import { sampleModel } from '../../support/sample-tflite.js';

type Tamper = (values: Int8Array, operator: number) => void;

/**
 * Explains a run in which each operator computes what the reference does, and a change of ours.
 *
 * @param tamper changes what an operator gave, before the next reads it
 */
function explain(tamper: Tamper, model = sampleModel()): Explanation {
  const random = new Random(3);
  const input = Int8Array.from({ length: 36 }, () => random.integer(256) - 128);
  const [theirs, reference] = [createInt8Interpreter(model), createInt8Interpreter(model)];
  const computed = computedWith(theirs, model, input, tamper);
  reference.run(input);
  const explanation = new DifferenceExplanation(model, reference);
  explanation.add(theirs.values(model.outputs[0]), computed);
  return explanation.total;
}

function computedWith(interpreter: Int8Interpreter, model: TfliteModel, input: Int8Array, tamper: Tamper) {
  interpreter.values(model.inputs[0]).set(input);
  return model.operators.map(({ outputs }, operator) => {
    interpreter.compute(operator);
    const values = interpreter.values(outputs[0]);
    assert.ok(values instanceof Int8Array);
    tamper(values, operator);
    return { data: values };
  });
}

const [CONVOLUTION, POOL, LOGITS, SOFTMAX] = [0, 1, 4, 5];
const at =
  (place: number, by: number): Tamper =>
  (values, operator) => {
    if (operator === place) values[0] += values[0] > 0 ? -by : by;
  };

const differing = ({ operators }: Explanation) =>
  operators.filter(({ different }) => different > 0).map(({ operator, different }) => [operator, different]);

describe('the explanation of a difference', () => {
  it('finds nothing where nothing differs', () => {
    const explanation = explain(() => {});
    assert.deepEqual([differing(explanation), explanation.explained], [[], 1]);
    assert.equal(explanation.logits.largestDifference, 0);
    assert.deepEqual(
      explanation.operators.map(({ operator, values }) => [operator, values]),
      [
        ['conv2d', 32],
        ['maxPool2d', 8],
        ['add', 8],
        ['reshape', 8],
        ['fullyConnected', 3],
        ['softmax', 3],
      ],
    );
  });

  it('names the operator that differs, and none of the following ones', () => {
    const explanation = explain(at(CONVOLUTION, 1));
    assert.deepEqual([differing(explanation), explanation.explained], [[['conv2d', 1]], 1]);
  });

  it('does not explain differences above the tolerance, or in kernels without a tolerance', () => {
    for (const [place, by, operator] of [
      [CONVOLUTION, 2, 'conv2d'],
      [POOL, 1, 'maxPool2d'],
      [SOFTMAX, 1, 'softmax'],
    ] as const) {
      const explanation = explain(at(place, by));
      assert.deepEqual([differing(explanation), explanation.explained], [[[operator, 1]], 0]);
    }
  });

  it('does not use tensors of another run', () => {
    const model = sampleModel();
    const reference = createInt8Interpreter(model);
    const computed = computedWith(createInt8Interpreter(model), model, new Int8Array(36), () => {});
    reference.run(new Int8Array(36));
    const explanation = new DifferenceExplanation(model, reference);
    explanation.add([-128, -128, -128], computed);
    assert.equal(explanation.total.explained, 0);
  });

  it('compares the logits, or the output of a model that has none, whatever type it is given in', () => {
    const { tensors, operators, ...model } = sampleModel();
    const differs = explain(at(LOGITS, 1)).logits;
    assert.deepEqual([differs.tensor, differs.operator, differs.largestDifference], ['logits', 'softmax', 1]);
    assert.deepEqual([differs.scale, differs.near], [Math.fround(0.1), 1]);
    assert.equal(explain(at(LOGITS, 3)).logits.near, 0);
    const logits = tensors.findIndex(({ name }) => name === 'logits');
    const bare = { ...model, tensors, operators: operators.slice(0, SOFTMAX), outputs: [logits] };
    const { tensor, operator, largestDifference } = explain(at(LOGITS, 1), bare).logits;
    assert.deepEqual([tensor, operator, largestDifference], ['logits', null, 1]);
    const output = { ...tensors[model.outputs[0]], name: 'unsigned' };
    const quantize = { kind: 'quantize', version: 1, inputs: model.outputs, outputs: [tensors.length] } as const;
    const rewritten = {
      ...model,
      tensors: [...tensors, output],
      operators: [...operators, quantize],
      outputs: [tensors.length],
    };
    assert.equal(explain(() => {}, rewritten).logits.tensor, 'logits');
  });
});
