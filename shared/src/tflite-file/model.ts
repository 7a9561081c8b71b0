import type { ACTIVATION, PADDING, TENSOR_TYPE } from './schema.js';

export type TensorType = keyof typeof TENSOR_TYPE;
export type TflitePadding = keyof typeof PADDING;
export type FusedActivation = keyof typeof ACTIVATION;

/** real = scale * (quantized - zeroPoint); one pair for the whole tensor, or one for each index of `dimension`. */
export interface TensorQuantization {
  readonly scales: Float32Array;
  readonly zeroPoints: Int32Array;
  /** The dimension that the scales belong to; 0 if there is one scale. */
  readonly dimension: number;
}

export interface TfliteTensor {
  readonly name: string;
  readonly type: TensorType;
  /** Row-major. */
  readonly shape: readonly number[];
  /** -1 for a size that may change before running (the batch); absent if every size is fixed. */
  readonly shapeSignature?: readonly number[];
  readonly quantization?: TensorQuantization;
  /** The content of a constant tensor, little-endian as in the file; absent if the tensor is computed. */
  readonly data?: Uint8Array;
}

/** The fields of every operator. They are indices of the model's tensors; -1 stands for an omitted optional input. */
interface OperatorBase {
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** The operator's version. docs/internals/quantization.md lists the runtimes that know it. */
  readonly version: number;
}

interface WindowOptions {
  readonly padding: TflitePadding;
  /** Height, width. */
  readonly strides: readonly [number, number];
  readonly activation: FusedActivation;
}

/** Inputs: map [n, h, w, in], filter [out, kh, kw, in], bias [out]. */
export interface Conv2DOperator extends OperatorBase, WindowOptions {
  readonly kind: 'conv2d';
  readonly dilations: readonly [number, number];
}

/** Inputs: map [n, h, w, c], filter [1, kh, kw, c * depthMultiplier], bias [c * depthMultiplier]. */
export interface DepthwiseConv2DOperator extends OperatorBase, WindowOptions {
  readonly kind: 'depthwiseConv2d';
  readonly depthMultiplier: number;
  readonly dilations: readonly [number, number];
}

/** Inputs: [..., in], filter [out, in], bias [out]. */
export interface FullyConnectedOperator extends OperatorBase {
  readonly kind: 'fullyConnected';
  readonly activation: FusedActivation;
  readonly keepNumDims: boolean;
}

export interface PoolOperator extends OperatorBase, WindowOptions {
  readonly kind: 'maxPool2d' | 'averagePool2d';
  /** Height, width. */
  readonly filter: readonly [number, number];
}

/** Inputs: the map, and the dimensions to reduce (int32). */
export interface MeanOperator extends OperatorBase {
  readonly kind: 'mean';
  readonly keepDims: boolean;
}

/** Two inputs that broadcast as in NumPy. */
export interface ElementwiseOperator extends OperatorBase {
  readonly kind: 'add' | 'mul';
  readonly activation: FusedActivation;
}

/** Inputs: the tensor, and its new shape (int32), where one size may be -1. */
export interface ReshapeOperator extends OperatorBase {
  readonly kind: 'reshape';
  /** The new shape again, for runtimes that read it here. */
  readonly newShape: readonly number[];
}

export interface SoftmaxOperator extends OperatorBase {
  readonly kind: 'softmax';
  readonly beta: number;
}

/** x above zero, alpha * x below. */
export interface LeakyReluOperator extends OperatorBase {
  readonly kind: 'leakyRelu';
  readonly alpha: number;
}

export interface ConcatenationOperator extends OperatorBase {
  readonly kind: 'concatenation';
  readonly axis: number;
  readonly activation: FusedActivation;
}

/**
 * Operators without options, or whose options always have the same value. The second input of `pad` holds the paddings
 * [rank, 2] (int32). The second input of `resizeNearestNeighbor` holds the new height and width (int32); it uses
 * neither aligned corners nor half-pixel centers.
 */
export interface PlainOperator extends OperatorBase {
  readonly kind:
    | 'pad'
    | 'resizeNearestNeighbor'
    | 'logistic'
    | 'tanh'
    | 'relu'
    | 'relu6'
    | 'hardSwish'
    | 'quantize'
    | 'dequantize';
}

/** An operator of a delegate, such as `edgetpu-custom-op`. */
export interface CustomOperator extends OperatorBase {
  readonly kind: 'custom';
  readonly code: string;
  readonly options: Uint8Array;
}

export type TfliteOperator =
  | Conv2DOperator
  | DepthwiseConv2DOperator
  | FullyConnectedOperator
  | PoolOperator
  | MeanOperator
  | ElementwiseOperator
  | ReshapeOperator
  | SoftmaxOperator
  | LeakyReluOperator
  | ConcatenationOperator
  | PlainOperator
  | CustomOperator;

export type OperatorKind = TfliteOperator['kind'];

/** Names for a model's inputs and outputs, by tensor index. */
export interface TfliteSignature {
  readonly key: string;
  readonly inputs: ReadonlyMap<string, number>;
  readonly outputs: ReadonlyMap<string, number>;
}

/** The content of a .tflite file: one graph, with operators in the order of their execution. */
export interface TfliteModel {
  readonly name: string;
  readonly description: string;
  readonly tensors: readonly TfliteTensor[];
  readonly operators: readonly TfliteOperator[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly signatures: readonly TfliteSignature[];
  /** By name, such as `min_runtime_version` and `TFLITE_METADATA`. */
  readonly metadata: ReadonlyMap<string, Uint8Array>;
}
