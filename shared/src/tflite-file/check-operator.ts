import type {
  ConcatenationOperator,
  Conv2DOperator,
  DepthwiseConv2DOperator,
  FullyConnectedOperator,
  MeanOperator,
  PoolOperator,
  TfliteOperator,
  TfliteTensor,
} from './model.js';
import { OperatorTensors } from './operator-tensors.js';
import { elementCount } from './tensor-size.js';

/** A larger size, stride, window or dilation is damage. */
const MAX_SIDE = 4096;
/** Values that TensorFlow Lite unfolds for one convolution. */
const MAX_UNFOLDED_ELEMENTS = 2 ** 27;
/**
 * TensorFlow Lite ends the process if ADD would scale its sum up: it computes with 2^-20 of twice the larger input
 * scale.
 */
const ADD_SHIFT = 20;

type Checked = OperatorTensors;

/**
 * Checks one operator against its tensors: their number, types, scales and shapes, and its options.
 *
 * @param name the operator's name in messages
 * @throws InkError INK_TFLITE_INVALID, or INK_TFLITE_UNSUPPORTED for number types that Inkcast does not compute with
 */
export function checkOperator(operator: TfliteOperator, tensors: readonly TfliteTensor[], name: string): void {
  const checked = new OperatorTensors(operator, tensors, name);
  switch (operator.kind) {
    case 'conv2d':
      checkConv2D(operator, checked);
      break;
    case 'depthwiseConv2d':
      checkDepthwise(operator, checked);
      break;
    case 'fullyConnected':
      checkFullyConnected(operator, checked);
      break;
    case 'maxPool2d':
    case 'averagePool2d':
      checkPool(operator, checked);
      break;
    case 'mean':
      checkMean(operator, checked);
      break;
    case 'add':
    case 'mul':
      checkElementwise(operator.kind, checked);
      break;
    case 'reshape':
      checkReshape(checked);
      break;
    case 'pad':
      checkPad(checked);
      break;
    case 'resizeNearestNeighbor':
      checkResize(checked);
      break;
    case 'softmax':
      if (!(operator.beta > 0 && operator.beta < 1e6)) checked.fail(`has a beta of ${operator.beta}`);
      checkUnary(checked);
      break;
    case 'concatenation':
      checkConcatenation(operator, checked);
      break;
    case 'quantize':
    case 'dequantize':
      checkConversion(operator.kind, checked);
      break;
    case 'custom':
      break;
    default:
      checkUnary(checked);
      break;
  }
}

function checkUnary(checked: Checked): void {
  checked.count(1);
  checked.sameType(checked.input(0));
  if (checked.input(0).shape.length === 0) checked.fail('reads a tensor without dimensions');
  checked.outputShape(checked.input(0).shape);
}

function checkConversion(kind: 'quantize' | 'dequantize', checked: Checked): void {
  checked.count(1);
  const { data } = checked.input(0);
  if (kind === 'dequantize' && data !== undefined) {
    // Weights that take less space in the file.
    checked.type(checked.input(0), 'float16', 'int8', 'uint8');
    checked.type(checked.output(), 'float32');
    checked.outputShape(checked.input(0).shape);
    return;
  }
  checked.activation(checked.input(0));
  checked.activation(checked.output());
  const float = kind === 'quantize' ? checked.output() : checked.input(0);
  if (float.type === 'float32') checked.fail(`has the float32 tensor "${float.name}" where numbers are quantized`);
  if (kind === 'dequantize') checked.type(checked.output(), 'float32');
  checked.outputShape(checked.input(0).shape);
}

/**
 * Checks filter and bias of a convolution or dense layer. The bias is added to products of input and filter, so its
 * scale must be the product of theirs.
 */
function checkWeights(checked: Checked, outputs: number, channelDimension: number): void {
  const [input, filter] = [checked.input(0), checked.input(1)];
  checked.sameType(input);
  // "Dynamic range" quantization, which TensorFlow Lite calls hybrid: int8 weights for float32.
  if (input.type === 'float32') checked.type(filter, 'float32', 'int8');
  else checked.type(filter, input.type);
  const scales = filter.quantization;
  if (scales !== undefined && scales.scales.length > 1 && scales.dimension !== channelDimension) {
    checked.fail(`has weights with scales along the dimension ${scales.dimension}`);
  }
  const bias = checked.optionalInput(2);
  if (bias === undefined) return;
  checked.type(bias, input.type === 'float32' ? 'float32' : 'int32');
  if (bias.shape.length !== 1 || bias.shape[0] !== outputs) checked.fail(`has a bias of the shape [${bias.shape}]`);
}

function windowOutput(
  checked: Checked,
  { padding, strides }: Pick<PoolOperator, 'padding' | 'strides'>,
  input: readonly number[],
  window: readonly number[],
  dilations: readonly number[] = [1, 1],
): number[] {
  if (![...strides, ...window, ...dilations].every((side) => side > 0 && side <= MAX_SIDE)) {
    checked.fail(`has a window of ${window.join('x')}, strides of ${strides} and dilations of ${dilations}`);
  }
  return [0, 1].map((axis) => {
    const reach = (window[axis] - 1) * dilations[axis] + 1;
    const places = padding === 'same' ? input[axis + 1] : input[axis + 1] - reach + 1;
    if (places < 1) checked.fail(`has a window that is larger than its input of the shape [${input}]`);
    return Math.ceil(places / strides[axis]);
  });
}

function maps(checked: Checked, ...tensors: readonly TfliteTensor[]): void {
  for (const { name, shape } of tensors) {
    if (shape.length !== 4) checked.fail(`needs four dimensions, and "${name}" has the shape [${shape}]`);
  }
}

function checkConv2D(operator: Conv2DOperator, checked: Checked): void {
  checked.count(2, 3);
  const { shape: input } = checked.input(0);
  const { shape: filter } = checked.input(1);
  maps(checked, checked.input(0), checked.input(1));
  if (filter[3] !== input[3]) checked.fail(`has a filter for ${filter[3]} channels and reads ${input[3]}`);
  checkWeights(checked, filter[0], 0);
  const size = windowOutput(checked, operator, input, filter.slice(1, 3), operator.dilations);
  if (elementCount([input[0], ...size, ...filter.slice(1)]) > MAX_UNFOLDED_ELEMENTS) checked.fail('is too large');
  checked.outputShape([input[0], ...size, filter[0]]);
}

function checkDepthwise(operator: DepthwiseConv2DOperator, checked: Checked): void {
  checked.count(2, 3);
  const { shape: input } = checked.input(0);
  const { shape: filter } = checked.input(1);
  maps(checked, checked.input(0), checked.input(1));
  if (filter[0] !== 1 || filter[3] !== input[3] * operator.depthMultiplier) {
    checked.fail(`has a filter of the shape [${filter}] for ${input[3]} channels times ${operator.depthMultiplier}`);
  }
  checkWeights(checked, filter[3], 3);
  const size = windowOutput(checked, operator, input, filter.slice(1, 3), operator.dilations);
  checked.outputShape([input[0], ...size, filter[3]]);
}

function checkFullyConnected(operator: FullyConnectedOperator, checked: Checked): void {
  checked.count(2, 3);
  const { shape: input } = checked.input(0);
  const { shape: filter } = checked.input(1);
  const fits = filter.length === 2 && input.length > 0 && elementCount(input) % filter[1] === 0;
  if (!fits || (operator.keepNumDims && input.at(-1) !== filter[1])) {
    checked.fail(`has weights of the shape [${filter}] for an input of the shape [${input}]`);
  }
  checkWeights(checked, filter[0], 0);
  const rows = operator.keepNumDims ? input.slice(0, -1) : [elementCount(input) / filter[1]];
  checked.outputShape([...rows, filter[0]]);
}

function checkPool(operator: PoolOperator, checked: Checked): void {
  checked.count(1);
  checked.sameType(checked.input(0));
  checked.sameScale(checked.input(0));
  maps(checked, checked.input(0));
  const { shape } = checked.input(0);
  checked.outputShape([shape[0], ...windowOutput(checked, operator, shape, operator.filter), shape[3]]);
}

function checkMean(operator: MeanOperator, checked: Checked): void {
  checked.count(2);
  checked.sameType(checked.input(0));
  const { shape } = checked.input(0);
  const axes = new Set(Array.from(checked.constantInts(1), (axis) => (axis < 0 ? axis + shape.length : axis)));
  if ([...axes].some((axis) => axis < 0 || axis >= shape.length)) checked.fail(`reduces dimensions that are not there`);
  const reduced = shape.map((size, axis) => (axes.has(axis) ? 1 : size));
  checked.outputShape(operator.keepDims ? reduced : reduced.filter((_, axis) => !axes.has(axis)));
}

function checkElementwise(kind: 'add' | 'mul', checked: Checked): void {
  checked.count(2);
  const [a, b] = [checked.input(0), checked.input(1)];
  checked.sameType(a, b);
  const rank = Math.max(a.shape.length, b.shape.length);
  if (rank > 4) checked.fail(`has ${rank} dimensions`);
  const size = (tensor: TfliteTensor, axis: number): number => tensor.shape[axis - rank + tensor.shape.length] ?? 1;
  const output = Array.from({ length: rank }, (_, axis) => {
    const [left, right] = [size(a, axis), size(b, axis)];
    if (left !== right && left !== 1 && right !== 1) checked.fail(`has the shapes [${a.shape}] and [${b.shape}]`);
    return Math.max(left, right);
  });
  checked.outputShape(output);
  const scales = [a, b, checked.output()].map((tensor) => tensor.quantization?.scales[0] ?? 1);
  if (kind === 'add' && 2 * Math.max(scales[0], scales[1]) >= 2 ** ADD_SHIFT * scales[2]) {
    checked.fail(`has scales of ${scales[0]} and ${scales[1]} for an output of ${scales[2]}`);
  }
}

function checkReshape(checked: Checked): void {
  checked.count(2);
  const [input, output] = [checked.input(0), checked.output()];
  checked.sameType(input);
  checked.sameScale(input);
  const wanted = checked.constantInts(1);
  const fits =
    wanted.length === output.shape.length && wanted.every((size, i) => size === -1 || size === output.shape[i]);
  if (!fits || wanted.filter((size) => size === -1).length > 1) checked.fail(`asks for the shape [${wanted}]`);
  if (elementCount(input.shape) !== elementCount(output.shape)) {
    checked.fail(`turns the shape [${input.shape}] into [${output.shape}]`);
  }
}

function checkPad(checked: Checked): void {
  checked.count(2);
  checked.sameType(checked.input(0));
  checked.sameScale(checked.input(0));
  const { shape } = checked.input(0);
  const paddings = checked.constantInts(1);
  const layout = checked.input(1).shape;
  const fits = layout.length === 2 && layout[0] === shape.length && layout[1] === 2 && shape.length <= 4;
  if (!fits || !paddings.every((padding) => padding >= 0 && padding <= MAX_SIDE)) {
    checked.fail(`has paddings of [${paddings}] for the shape [${shape}]`);
  }
  checked.outputShape(shape.map((size, axis) => size + paddings[2 * axis] + paddings[2 * axis + 1]));
}

function checkResize(checked: Checked): void {
  checked.count(2);
  checked.sameType(checked.input(0));
  checked.sameScale(checked.input(0));
  maps(checked, checked.input(0));
  const { shape } = checked.input(0);
  const size = checked.constantInts(1);
  if (size.length !== 2 || !size.every((side) => side > 0 && side <= MAX_SIDE)) checked.fail(`asks for [${size}]`);
  checked.outputShape([shape[0], ...size, shape[3]]);
}

function checkConcatenation(operator: ConcatenationOperator, checked: Checked): void {
  checked.count(1, 64);
  const inputs = checked.inputs();
  checked.sameType(...inputs);
  checked.sameScale(...inputs);
  const [{ shape: first }] = inputs;
  const axis = operator.axis < 0 ? operator.axis + first.length : operator.axis;
  if (axis < 0 || axis >= first.length || first.length > 4) checked.fail(`joins the dimension ${operator.axis}`);
  const rest = (shape: readonly number[]): string => shape.toSpliced(axis, 1, 0).join();
  if (inputs.some(({ shape }) => rest(shape) !== rest(first))) checked.fail('joins shapes that do not fit');
  const joined = inputs.reduce((sum, { shape }) => sum + shape[axis], 0);
  checked.outputShape(first.toSpliced(axis, 1, joined));
}
