import assert from 'node:assert/strict';
import { checkModel, readTflite, schema, type TfliteModel, type TfliteTensor } from '@inkcast/shared/tflite-file';
import { writeTflite } from '@inkcast/training/tflite';
import { sampleModel } from '../../support/sample-tflite.js';
import { fieldAt, follow, tableOf } from './support/change-field.js';

const { MODEL, OPERATOR_CODE, SUBGRAPH, TENSOR } = schema;

const refused = (message: RegExp) => ({ code: 'INK_TFLITE_UNSUPPORTED', message });

/** The sample's file with the operators at these places of its table turned into others. */
function withOperators(numbers: Readonly<Record<number, number>>): Uint8Array {
  const bytes = writeTflite(sampleModel()).slice();
  const root = follow(bytes, 0);
  for (const [index, number] of Object.entries(numbers)) {
    const code = tableOf(bytes, root, MODEL.operatorCodes, Number(index));
    const view = new DataView(bytes.buffer);
    view.setInt8(fieldAt(bytes, code, OPERATOR_CODE.deprecatedBuiltinCode), Math.min(number, 127));
    view.setInt32(fieldAt(bytes, code, OPERATOR_CODE.builtinCode), number, true);
  }
  return bytes;
}

/** The sample with what `change` makes of each of its tensors. */
const withTensors = (change: (tensor: TfliteTensor) => TfliteTensor): TfliteModel => {
  const model = sampleModel();
  return { ...model, tensors: model.tensors.map(change) };
};

const inFloat = ({ quantization, ...tensor }: TfliteTensor): TfliteTensor => ({ ...tensor, type: 'float32' });

describe('a .tflite file that is valid, but of another kind', () => {
  it('field report 23: names all operators that Inkcast does not know', () => {
    assert.throws(() => readTflite(withOperators({ 0: 67 })), refused(/uses the operator TRANSPOSE_CONV, which/));
    assert.throws(
      () => readTflite(withOperators({ 0: 23, 1: 111, 3: 150 })),
      refused(/uses the operators RESIZE_BILINEAR, ELU, GELU, which/),
    );
    assert.throws(() => readTflite(withOperators({ 0: 209 })), refused(/the operator STABLEHLO_CASE, which/));
    // One that is newer than the list.
    assert.throws(() => readTflite(withOperators({ 0: 4000 })), refused(/the operator number 4000, which/));
  });

  it('field report 23: names the type of a tensor that Inkcast does not know', () => {
    const bytes = writeTflite(sampleModel()).slice();
    const graph = tableOf(bytes, follow(bytes, 0), MODEL.subgraphs, 0);
    const tensor = tableOf(bytes, graph, SUBGRAPH.tensors, 0);
    for (const [number, name] of [
      [10, 'FLOAT64'],
      [17, 'INT4'],
    ] as const) {
      bytes[fieldAt(bytes, tensor, TENSOR.type)] = number;
      assert.throws(() => readTflite(bytes), refused(new RegExp(`of the type ${name}\\.`)));
    }
  });

  it('accepts hybrid models: int8 weights for float32, and no others', () => {
    // As converters write it: the weights of convolutions and dense layers in int8, all else in float32.
    const isWeights = ({ name }: TfliteTensor) => name === 'filters' || name === 'dense';
    const isInteger = ({ name }: TfliteTensor) => name === 'shape';
    const hybrid = (weights: (tensor: TfliteTensor) => TfliteTensor) =>
      withTensors((tensor) => (isWeights(tensor) ? weights(tensor) : isInteger(tensor) ? tensor : inFloat(tensor)));
    checkModel(hybrid((tensor) => tensor));
    const other = hybrid((tensor) => ({ ...tensor, type: 'uint8' }));
    assert.throws(() => checkModel(other), { message: /operator 0 \(conv2d\) has the uint8 tensor "filters"/ });
  });

  it('field report 23: reports that a model computes in int16', () => {
    const isComputed = ({ data }: TfliteTensor) => data === undefined;
    const model = withTensors((tensor) =>
      isComputed(tensor)
        ? { ...tensor, type: 'int16', quantization: { ...tensor.quantization, ...SYMMETRIC } }
        : tensor,
    );
    assert.throws(() => checkModel(model), refused(/computes in int16 at operator 0 \(conv2d\)/));
  });
});

const SYMMETRIC = { scales: Float32Array.of(0.01), zeroPoints: Int32Array.of(0), dimension: 0 };
