import { InkError } from '@inkcast/shared/errors';
import type { TensorQuantization, TfliteModel, TfliteOperator, TfliteTensor } from '@inkcast/shared/tflite-file';
import { bytesOf, GraphBuilder } from '../tflite/index.js';
import { asymmetric, perTensor, quantizeValue, type Range } from './affine.js';
import { assignScales } from './assign-scales.js';
import { MAX_WEIGHT, quantizeWeights } from './quantize-weights.js';

/**
 * Filters with fewer weights, and depthwise ones, stay fine: they hold few bytes, and few other weights of a channel can make up for
 * the error of one.
 */
const MIN_COARSE_WEIGHTS = 3000;

export interface QuantizeOptions {
  /** What the model takes and gives. Default int8; uint8 adds a QUANTIZE operator at each end. */
  readonly interfaceType?: 'int8' | 'uint8';
  /** Weights of large filters are rounded to whole numbers from minus this to this, see `quantizeWeights`. Default 127. */
  readonly maxWeight?: number;
}

/** The filter's dimension of output channels, and whether each of these has a scale (the int8 kernels' own rules). */
const WEIGHTED = {
  conv2d: { channelDimension: 0, perChannel: true },
  depthwiseConv2d: { channelDimension: 3, perChannel: true },
  fullyConnected: { channelDimension: 0, perChannel: false },
} as const;

/**
 * The full-integer version of a float32 graph, by TensorFlow Lite's 8-bit quantization specification.
 *
 * @param ranges of every input and computed tensor, by index, see `calibrate`
 * @throws InkError INK_QUANTIZE_FAILED naming the tensor or operator that cannot be quantized
 */
export function quantizeModel(
  model: TfliteModel,
  ranges: ReadonlyMap<number, Range>,
  { interfaceType = 'int8', maxWeight = MAX_WEIGHT }: QuantizeOptions = {},
): TfliteModel {
  const quantizer = new Quantizer(model, assignScales(model, ranges), maxWeight);
  const inputs = model.inputs.map((index) => quantizer.addInput(index, interfaceType));
  for (const operator of model.operators) quantizer.addOperator(operator);
  const outputs = model.outputs.map((index) => quantizer.addOutput(index, interfaceType));
  const renumbered = (names: ReadonlyMap<string, number>, from: readonly number[], to: readonly number[]) =>
    new Map([...names].map(([name, index]) => [name, to[from.indexOf(index)]]));
  const signatures = model.signatures.map((signature) => ({
    key: signature.key,
    inputs: renumbered(signature.inputs, model.inputs, inputs),
    outputs: renumbered(signature.outputs, model.outputs, outputs),
  }));
  return quantizer.graph.build({ ...model, inputs, outputs, signatures, metadata: new Map() });
}

/** Carries tensors and operators of the float graph over into an int8 one. */
class Quantizer {
  readonly graph = new GraphBuilder();
  readonly #model: TfliteModel;
  readonly #scales: ReadonlyMap<number, TensorQuantization>;
  readonly #maxWeight: number;
  /** Index in the int8 graph by index in the float one. */
  readonly #carried = new Map<number, number>();

  constructor(model: TfliteModel, scales: ReadonlyMap<number, TensorQuantization>, maxWeight: number) {
    this.#model = model;
    this.#scales = scales;
    this.#maxWeight = maxWeight;
  }

  addInput(index: number, type: 'int8' | 'uint8'): number {
    const inner = this.#activation(index);
    if (type === 'int8') return inner;
    const outer = this.#unsigned(index);
    this.graph.operator({ kind: 'quantize', inputs: [outer], outputs: [inner] });
    return outer;
  }

  addOutput(index: number, type: 'int8' | 'uint8'): number {
    const inner = this.#activation(index);
    if (type === 'int8') return inner;
    const outer = this.#unsigned(index);
    this.graph.operator({ kind: 'quantize', inputs: [inner], outputs: [outer] });
    return outer;
  }

  addOperator(operator: TfliteOperator): void {
    const outputs = operator.outputs.map((index) => this.#activation(index));
    switch (operator.kind) {
      case 'conv2d':
      case 'depthwiseConv2d':
      case 'fullyConnected':
        this.graph.operator({ ...operator, inputs: this.#weighted(operator), outputs });
        break;
      case 'concatenation': {
        const inputs = operator.inputs.map((index) => this.#rescaled(index, outputs[0], operator.outputs[0]));
        this.graph.operator({ ...operator, inputs, outputs });
        break;
      }
      case 'quantize':
      case 'dequantize':
      case 'custom':
        throw new InkError('INK_QUANTIZE_FAILED', `The operator ${operator.kind} is not one of a float32 graph.`);
      default:
        this.graph.operator({ ...operator, inputs: operator.inputs.map((index) => this.#operand(index)), outputs });
    }
  }

  /** A computed tensor, in int8. */
  #activation(index: number): number {
    const known = this.#carried.get(index);
    if (known !== undefined) return known;
    const quantization = this.#scaleOf(index);
    const carried = this.graph.tensor({ ...this.#model.tensors[index], type: 'int8', quantization });
    this.#carried.set(index, carried);
    return carried;
  }

  /** The same values as uint8, under the name that users of the model know; the tensor inside gets another. */
  #unsigned(index: number): number {
    const { scales, zeroPoints } = this.#scaleOf(index);
    const { name, ...tensor } = this.#model.tensors[index];
    const quantization = perTensor(scales[0], zeroPoints[0] + 128);
    return this.graph.tensor({ ...tensor, name: `${name}/uint8`, type: 'uint8', quantization });
  }

  /** An input of an operator without weights: computed, a constant of the same kind, or a shape. */
  #operand(index: number): number {
    const tensor = this.#model.tensors[index];
    if (tensor.data === undefined) return this.#activation(index);
    const known = this.#carried.get(index);
    if (known !== undefined) return known;
    const carried = this.graph.tensor(tensor.type === 'float32' ? quantizedConstant(tensor) : tensor);
    this.#carried.set(index, carried);
    return carried;
  }

  /** An input of a concatenation, whose quantization must be the output's. */
  #rescaled(index: number, output: number, floatOutput: number): number {
    const wanted = this.#scaleOf(floatOutput);
    const found = this.#scaleOf(index);
    const input = this.#activation(index);
    if (found.scales[0] === wanted.scales[0] && found.zeroPoints[0] === wanted.zeroPoints[0]) return input;
    const { name, ...tensor } = this.#model.tensors[index];
    const target = this.graph.tensor({
      ...tensor,
      name: `${name}/for-${output}`,
      type: 'int8',
      quantization: wanted,
    });
    this.graph.operator({ kind: 'quantize', inputs: [input], outputs: [target] });
    return target;
  }

  #weighted(operator: Extract<TfliteOperator, { readonly kind: keyof typeof WEIGHTED }>): number[] {
    const [input, filter, bias] = operator.inputs;
    const filterTensor = this.#model.tensors[filter];
    const { channelDimension, perChannel } = WEIGHTED[operator.kind];
    const channels = filterTensor.shape[channelDimension];
    const biasTensor = this.#model.tensors[bias ?? -1];
    const values = floatsOf(filterTensor);
    const isFine = operator.kind === 'depthwiseConv2d' || values.length < MIN_COARSE_WEIGHTS;
    const weights = quantizeWeights(
      {
        filter: values,
        filterShape: filterTensor.shape,
        bias: biasTensor === undefined ? new Float32Array(channels) : floatsOf(biasTensor),
        channelDimension,
        perChannel,
      },
      this.#scaleOf(input).scales[0],
      isFine ? MAX_WEIGHT : this.#maxWeight,
    );
    const filterAt = this.graph.tensor({
      name: filterTensor.name,
      type: 'int8',
      shape: filterTensor.shape,
      quantization: weights.filterQuantization,
      data: bytesOf(weights.filter),
    });
    const biasName = biasTensor?.name ?? `${filterTensor.name}/bias`;
    const biasAt = this.graph.ints(biasName, [channels], weights.bias, weights.biasQuantization);
    return [this.#activation(input), filterAt, biasAt];
  }

  #scaleOf(index: number): TensorQuantization {
    const quantization = this.#scales.get(index);
    if (quantization === undefined) {
      throw new InkError('INK_QUANTIZE_FAILED', `The tensor "${this.#model.tensors[index].name}" is never computed.`);
    }
    return quantization;
  }
}

/** The values of a constant float32 tensor. */
export function floatsOf({ name, type, data }: TfliteTensor): Float32Array {
  if (type !== 'float32' || data === undefined) {
    throw new InkError('INK_QUANTIZE_FAILED', `The tensor "${name}" is no float32 constant.`);
  }
  return new Float32Array(data.slice().buffer);
}

function quantizedConstant(tensor: TfliteTensor): TfliteTensor {
  const values = floatsOf(tensor);
  const range = values.reduce<Range>(
    ({ min, max }, value) => ({ min: Math.min(min, value), max: Math.max(max, value) }),
    { min: 0, max: 0 },
  );
  const quantization = asymmetric(range);
  const [scale, zeroPoint] = [quantization.scales[0], quantization.zeroPoints[0]];
  const data = bytesOf(Int8Array.from(values, (value) => quantizeValue(value, scale, zeroPoint)));
  return { ...tensor, type: 'int8', quantization, data };
}
