import { readWholeFile } from '@inkcast/shared/files';
import { readTflite, type TfliteModel, type TfliteOperator } from '@inkcast/shared/tflite-file';
import { attachedLabels } from '../bundle/index.js';
import { usualRange } from '../evaluation/index.js';
import type { Tensor } from '../models/index.js';
import {
  addLeakyRelu,
  addPictureInput,
  addTanh,
  completeClassifier,
  type ImportedModel,
  type ImportOptions,
  NetworkAssembler,
  unsupported,
  type Value,
} from '../network-assembly/index.js';
import { constantOf } from './constants.js';
import { concatenation, elementwise, mean, pad, pool, reshape, resize, softmax } from './plain-operators.js';
import { Translation } from './translation.js';
import { conv2d, depthwiseConv2d, fullyConnected } from './weighted-operators.js';

/**
 * Converts a .tflite file into a `Network` with float weights. Quantized weights get the values that they stand for; the
 * quantization of what is computed is dropped.
 *
 * @throws InkError INK_CONVERT_UNSUPPORTED naming the operator and the tensor that it computes; INK_TFLITE_INVALID,
 *   INK_TFLITE_UNSUPPORTED, INK_FILE_UNREADABLE, INK_GRAPH_INVALID, INK_USAGE for wrong labels
 */
export async function importTflite(path: string, options: ImportOptions = {}): Promise<ImportedModel> {
  const bytes = await readWholeFile(path);
  const model = readTflite(bytes);
  if (model.inputs.length !== 1) throw unsupported(`The model has ${model.inputs.length} inputs instead of one`);
  if (model.outputs.length !== 1) throw unsupported(`The model has ${model.outputs.length} outputs instead of one`);
  const input = model.tensors[model.inputs[0]];
  const range = options.range ?? usualRange(input);
  const network = new NetworkAssembler();
  const output = translate(model, network, range);
  const last = model.operators.find(({ outputs }) => outputs.includes(model.outputs[0]));
  const completed = completeClassifier(network, output, {
    name: model.name === '' || model.name === 'main' ? 'imported' : model.name,
    last: `"${model.tensors[model.outputs[0]].name}" (${last?.kind ?? 'no operator'})`,
    labels: options.labels ?? attachedLabels(bytes, output.shape[0]),
  });
  return { ...completed, range, generatedBy: model.description || 'unknown' };
}

/** @returns the model's output */
function translate(model: TfliteModel, network: NetworkAssembler, range: ImportedModel['range']): Value {
  const constants = new Map<number, Tensor>();
  model.tensors.forEach((tensor, index) => {
    const constant = constantOf(tensor);
    if (constant !== undefined) constants.set(index, constant);
  });
  const [at] = model.inputs;
  const { name, shape } = model.tensors[at];
  const of = {
    refuse: (reason: string): never => {
      throw unsupported(`The input "${name}" ${reason}`);
    },
  };
  if (shape[0] !== 1) of.refuse(`has the shape [${shape}], without a batch of one`);
  const values = new Map([[at, addPictureInput(network, name, { shape: shape.slice(1), range, of })]]);
  model.operators.forEach((operator, place) => {
    const [read] = operator.inputs;
    const [written] = operator.outputs;
    const constant = constants.get(read);
    // Weights that are kept in fewer bits.
    if (operator.kind === 'dequantize' && constant !== undefined) constants.set(written, constant);
    else values.set(written, convert(operator, place, { model, network, values, constants }));
  });
  const output = new Translation(model.operators[model.operators.length - 1], model.operators.length - 1, {
    model,
    network,
    values,
    constants,
  });
  return network.exact(values.get(model.outputs[0]) ?? output.refuse('is not what computes the output'), output);
}

function convert(
  operator: TfliteOperator,
  place: number,
  context: ConstructorParameters<typeof Translation>[2],
): Value {
  const of = new Translation(operator, place, context);
  const unary = (kind: 'relu' | 'relu6' | 'sigmoid' | 'hardSwish'): Value =>
    of.network.add(of.name, { kind }, [of.exact(0)]);
  switch (operator.kind) {
    case 'conv2d':
      return conv2d(new Translation(operator, place, context));
    case 'depthwiseConv2d':
      return depthwiseConv2d(new Translation(operator, place, context));
    case 'fullyConnected':
      return fullyConnected(new Translation(operator, place, context));
    case 'maxPool2d':
    case 'averagePool2d':
      return pool(new Translation(operator, place, context));
    case 'mean':
      return mean(new Translation(operator, place, context));
    case 'add':
    case 'mul':
      return elementwise(new Translation(operator, place, context));
    case 'concatenation':
      return concatenation(new Translation(operator, place, context));
    case 'softmax':
      return softmax(new Translation(operator, place, context));
    case 'reshape':
      return reshape(of);
    case 'pad':
      return pad(of);
    case 'resizeNearestNeighbor':
      return resize(of);
    case 'quantize':
    case 'dequantize':
      return of.value(0);
    case 'logistic':
      return unary('sigmoid');
    case 'relu':
    case 'relu6':
    case 'hardSwish':
      return unary(operator.kind);
    case 'tanh':
      return addTanh(of.network, of.exact(0), of.name);
    case 'leakyRelu':
      return addLeakyRelu(of.network, of.exact(0), [operator.alpha], of.name);
    case 'custom':
      return of.refuse(`is the operator "${operator.code}", which Inkcast does not have`);
  }
}
