import { checkOperator } from './check-operator.js';
import { checkTensor } from './check-tensor.js';
import { invalid } from './invalid.js';
import type { TfliteModel } from './model.js';
import { tensorSize } from './tensor-size.js';

/** More than any handwriting model needs, and little enough for a Raspberry Pi. */
const MAX_TENSOR_BYTES = 256 * 1024 * 1024;

/**
 * Checks that a model's graph can be run: every tensor is well formed; it is constant, an input, or computed exactly
 * once before it is read; and every operator fits its tensors.
 *
 * @throws InkError INK_TFLITE_INVALID, INK_TFLITE_UNSUPPORTED
 */
export function checkModel(model: TfliteModel): void {
  model.tensors.forEach(checkTensor);
  const size = model.tensors.reduce((sum, tensor) => sum + tensorSize(tensor), 0);
  if (size > MAX_TENSOR_BYTES) throw invalid(`its tensors take ${size} bytes together`);
  checkFlow(model);
  model.operators.forEach((operator, index) => {
    checkOperator(operator, model.tensors, `operator ${index} (${operator.kind})`);
  });
  checkSignatures(model);
}

function checkFlow({ tensors, operators, inputs, outputs }: TfliteModel): void {
  const known = new Set(tensors.flatMap(({ data }, index) => (data === undefined ? [] : [index])));
  const define = (index: number, what: string): void => {
    if (tensors[index] === undefined) throw invalid(`${what} ${index} is not there`);
    if (known.has(index)) throw invalid(`the tensor "${tensors[index].name}" gets its content twice`);
    known.add(index);
  };
  if (inputs.length === 0 || outputs.length === 0) throw invalid('it has no input or no output');
  for (const index of inputs) define(index, 'its input');
  operators.forEach((operator, position) => {
    const name = `operator ${position} (${operator.kind})`;
    if (operator.outputs.length === 0) throw invalid(`${name} computes nothing`);
    for (const index of operator.inputs) {
      if (index !== -1 && !known.has(index))
        throw invalid(`${name} reads the tensor ${index}, which has no content yet`);
    }
    for (const index of operator.outputs) define(index, `the output of ${name},`);
  });
  // XNNPACK ends the process if an input is passed on as an output.
  const computed = new Set(operators.flatMap((operator) => operator.outputs));
  for (const index of outputs) {
    if (!computed.has(index)) throw invalid(`its output ${index} is never computed`);
  }
}

function checkSignatures({ signatures, inputs, outputs }: TfliteModel): void {
  for (const signature of signatures) {
    for (const [name, index] of signature.inputs) {
      if (!inputs.includes(index)) throw invalid(`the signature's input "${name}" is not one of the graph`);
    }
    for (const [name, index] of signature.outputs) {
      if (!outputs.includes(index)) throw invalid(`the signature's output "${name}" is not one of the graph`);
    }
  }
}
