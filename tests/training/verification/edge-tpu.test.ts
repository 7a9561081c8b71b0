import assert from 'node:assert/strict';
import type { TfliteModel, TfliteOperator, TfliteTensor } from '@inkcast/shared/tflite-file';
import { bytesOf } from '@inkcast/training/tflite';
import { checkEdgeTpu, type Rule } from '@inkcast/training/verification';
import { sampleModel } from '../../support/sample-tflite.js';
import { OPERATORS, operatorGraph } from '../tflite/support/operators.js';
import type { Settings } from '../tflite/support/random-graph.js';

const SETTINGS: Settings = {
  size: [6, 6],
  channels: 4,
  filters: 5,
  window: [2, 2],
  strides: [1, 1],
  dilations: [1, 1],
  padding: 'valid',
  activation: 'none',
  batch: 1,
  seed: 3,
};

const graphOf = (name: string, settings: Partial<Settings> = {}): TfliteModel =>
  operatorGraph(name, 'int8', { ...SETTINGS, ...settings });

/** The model with the tensor of that name changed. */
function withTensor(model: TfliteModel, name: string, changes: Partial<TfliteTensor>): TfliteModel {
  assert.ok(model.tensors.some((tensor) => tensor.name === name));
  return {
    ...model,
    tensors: model.tensors.map((tensor) => (tensor.name === name ? { ...tensor, ...changes } : tensor)),
  };
}

const withOperator = (model: TfliteModel, change: (operator: TfliteOperator) => TfliteOperator): TfliteModel => ({
  ...model,
  operators: model.operators.map(change),
});

const withInts = (model: TfliteModel, name: string, ...values: number[]): TfliteModel =>
  withTensor(model, name, { data: bytesOf(Int32Array.from(values)) });

const fused = (operator: TfliteOperator): TfliteOperator =>
  'activation' in operator ? { ...operator, activation: 'relu' } : operator;

const custom: TfliteOperator = {
  kind: 'custom',
  code: 'edgetpu-custom-op',
  options: new Uint8Array(),
  inputs: [0],
  outputs: [1],
  version: 1,
};

const manyScales = { scales: new Float32Array(5).fill(0.1), zeroPoints: new Int32Array(5), dimension: 0 };
const constant = (values: Int8Array): Partial<TfliteTensor> => ({ data: bytesOf(values) });
const concatenated = graphOf('CONCATENATION');
const zeroPoint = concatenated.tensors[0].quantization?.zeroPoints[0] ?? 0;

/** For each rule, models that break it and no other, with the place and the reason that must be named. */
const BREACHES: readonly [Rule, string, TfliteModel, RegExp][] = [
  ['supported-operator', 'HARD_SWISH', graphOf('HARD_SWISH'), /^operator 0 \(hardSwish, "output"\): .* no such/],
  ['supported-operator', 'a custom operator', withOperator(graphOf('RELU'), () => custom), /"edgetpu-custom-op"/],
  ['operator-limits', 'a fused activation', withOperator(graphOf('MAX_POOL_2D'), fused), /maxPool2d.* fused relu/],
  ['operator-limits', 'a fused activation', withOperator(graphOf('AVERAGE_POOL_2D'), fused), /averagePool2d.* fused/],
  ['operator-limits', 'a fused activation', withOperator(concatenated, fused), /concatenation.* fused relu/],
  ['operator-limits', 'two dilations', graphOf('CONV_2D', { dilations: [1, 2] }), /conv2d.* dilations 1 and 2/],
  ['operator-limits', 'two dilations', graphOf('DEPTHWISE_CONV_2D', { dilations: [2, 1] }), /dilations 2 and 1/],
  ['operator-limits', 'rows of outputs', graphOf('FULLY_CONNECTED, dimensions kept'), /output \[1,6,5\] must be/],
  ['operator-limits', 'three channels', graphOf('MEAN of the channels', { channels: 3 }), /3 channels, not a multiple/],
  ['operator-limits', 'the batch', withInts(graphOf('MEAN of a map'), 'axes', 0, 1), /mean.* reduces the batch/],
  ['operator-limits', 'the batch', withInts(graphOf('PAD'), 'paddings', 0, 1, 1, 0, 1, 1, 0, 0), /pads the batch/],
  ['operator-limits', 'rows', graphOf('SOFTMAX', { batch: 2 }), /softmax.* \[2,4\] must be one-dimensional/],
  ['operator-limits', 'too many', graphOf('SOFTMAX', { channels: 16_001 }), /16001 values, more than 16000/],
  [
    'operator-limits',
    'a constant that is not zero',
    withTensor(concatenated, 'input1', constant(new Int8Array(6 * 6 * 5).fill(zeroPoint + 1))),
    /concatenation.* must be zeros/,
  ],
  [
    'eight-bit',
    'float32',
    withTensor(graphOf('RELU'), 'output', { type: 'float32' }),
    /^tensor "output": it is float32/,
  ],
  ['eight-bit', 'int16', withTensor(graphOf('ADD'), 'input1', { type: 'int16' }), /^tensor "input1": it is int16/],
  [
    'per-channel',
    'a dense filter',
    withTensor(graphOf('FULLY_CONNECTED'), 'filter', { quantization: manyScales }),
    /^tensor "filter": it has 5 scales/,
  ],
  ['static-shape', 'a batch', withTensor(graphOf('RELU'), 'input0', { shapeSignature: [-1, 6, 6, 4] }), /\[-1,6,6,4\]/],
  ['three-dimensions', 'two pictures', graphOf('LOGISTIC', { batch: 2 }), /\[2,6,6,4\]/],
];

describe('the rules of the Edge TPU', () => {
  for (const [rule, what, model, message] of BREACHES) {
    it(`${rule}: ${what} (${model.operators[0].kind})`, () => {
      const violations = checkEdgeTpu(model);
      assert.ok(violations.length > 0);
      for (const violation of violations) assert.equal(violation.rule, rule);
      const lines = violations.map(({ where, reason }) => `${where}: ${reason}`);
      assert.ok(
        lines.some((line) => message.test(line)),
        lines.join('\n'),
      );
    });
  }

  it('constant-parameters: a computed filter, a computed bias', () => {
    for (const name of ['filter', 'bias']) {
      const model = graphOf('CONV_2D');
      const tensors = model.tensors.map(({ data, ...tensor }) =>
        tensor.name === name || data === undefined ? tensor : { ...tensor, data },
      );
      const [violation, ...others] = checkEdgeTpu({ ...model, tensors });
      assert.equal(violation.rule, 'constant-parameters');
      assert.match(violation.where, /^operator 0 \(conv2d, "output"\)$/);
      // A computed filter is a tensor of four dimensions too.
      for (const { rule } of others) assert.equal(rule, 'three-dimensions');
    }
  });

  it('accept every other operator, and whole models', () => {
    for (const name of Object.keys(OPERATORS)) {
      if (name === 'HARD_SWISH' || name === 'FULLY_CONNECTED, dimensions kept') continue;
      assert.deepEqual(checkEdgeTpu(graphOf(name)), [], name);
    }
    const { tensors, ...model } = sampleModel();
    assert.deepEqual(checkEdgeTpu({ ...model, tensors: tensors.map(({ shapeSignature, ...fixed }) => fixed) }), []);
  });

  it('accept a constant that pads with zeros', () => {
    const padded = withTensor(concatenated, 'input1', constant(new Int8Array(6 * 6 * 5).fill(zeroPoint)));
    assert.deepEqual(checkEdgeTpu(padded), []);
  });
});
