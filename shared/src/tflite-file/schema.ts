/**
 * The part of TensorFlow Lite's FlatBuffer schema (tensorflow/lite/schema/schema.fbs, version 3) that Inkcast reads and
 * writes: the slot of each field in its table, and the numbers of each enumeration. The reader here and the writer in
 * `training` share this description.
 */

/** Bytes 4 to 7 of every file. */
export const FILE_IDENTIFIER = 'TFL3';
export const SCHEMA_VERSION = 3;

export const MODEL = {
  version: 0,
  operatorCodes: 1,
  subgraphs: 2,
  description: 3,
  buffers: 4,
  metadata: 6,
  signatures: 7,
} as const;

export const OPERATOR_CODE = { deprecatedBuiltinCode: 0, customCode: 1, version: 2, builtinCode: 3 } as const;

export const SUBGRAPH = { tensors: 0, inputs: 1, outputs: 2, operators: 3, name: 4 } as const;

export const TENSOR = {
  shape: 0,
  type: 1,
  buffer: 2,
  name: 3,
  quantization: 4,
  isVariable: 5,
  sparsity: 6,
  shapeSignature: 7,
} as const;

export const QUANTIZATION = { min: 0, max: 1, scale: 2, zeroPoint: 3, detailsType: 4, dimension: 6 } as const;

export const OPERATOR = {
  codeIndex: 0,
  inputs: 1,
  outputs: 2,
  optionsType: 3,
  options: 4,
  customOptions: 5,
  intermediates: 8,
} as const;

export const BUFFER = { data: 0, offset: 1 } as const;

export const METADATA = { name: 0, buffer: 1 } as const;

export const SIGNATURE = { inputs: 0, outputs: 1, key: 2, subgraphIndex: 4 } as const;

export const TENSOR_MAP = { name: 0, tensorIndex: 1 } as const;

export const CONV_2D_OPTIONS = {
  padding: 0,
  strideWidth: 1,
  strideHeight: 2,
  activation: 3,
  dilationWidth: 4,
  dilationHeight: 5,
} as const;

export const DEPTHWISE_CONV_2D_OPTIONS = {
  padding: 0,
  strideWidth: 1,
  strideHeight: 2,
  depthMultiplier: 3,
  activation: 4,
  dilationWidth: 5,
  dilationHeight: 6,
} as const;

export const POOL_2D_OPTIONS = {
  padding: 0,
  strideWidth: 1,
  strideHeight: 2,
  filterWidth: 3,
  filterHeight: 4,
  activation: 5,
} as const;

export const FULLY_CONNECTED_OPTIONS = { activation: 0, weightsFormat: 1, keepNumDims: 2 } as const;
export const SOFTMAX_OPTIONS = { beta: 0 } as const;
export const CONCATENATION_OPTIONS = { axis: 0, activation: 1 } as const;
export const ADD_OPTIONS = { activation: 0 } as const;
export const MUL_OPTIONS = { activation: 0 } as const;
export const RESHAPE_OPTIONS = { newShape: 0 } as const;
export const LEAKY_RELU_OPTIONS = { alpha: 0 } as const;
export const REDUCER_OPTIONS = { keepDims: 0 } as const;
export const RESIZE_NEAREST_NEIGHBOR_OPTIONS = { alignCorners: 0, halfPixelCenters: 1 } as const;

/** Members of the union `BuiltinOptions`. */
export const OPTIONS_TYPE = {
  none: 0,
  conv2d: 1,
  depthwiseConv2d: 2,
  pool2d: 5,
  fullyConnected: 8,
  softmax: 9,
  concatenation: 10,
  add: 11,
  reshape: 17,
  mul: 21,
  pad: 22,
  reducer: 27,
  leakyRelu: 75,
  dequantize: 38,
  resizeNearestNeighbor: 74,
} as const;

/** `BuiltinOperator` of each kind of operator in `TfliteOperator`. */
export const BUILTIN_OPERATOR = {
  add: 0,
  averagePool2d: 1,
  concatenation: 2,
  conv2d: 3,
  depthwiseConv2d: 4,
  dequantize: 6,
  fullyConnected: 9,
  logistic: 14,
  maxPool2d: 17,
  mul: 18,
  relu: 19,
  relu6: 21,
  reshape: 22,
  softmax: 25,
  tanh: 28,
  custom: 32,
  pad: 34,
  mean: 40,
  resizeNearestNeighbor: 97,
  leakyRelu: 98,
  quantize: 114,
  hardSwish: 117,
} as const;

/** The custom operator that replaces everything that Google's compiler moved to the Edge TPU. */
export const EDGE_TPU_OPERATOR = 'edgetpu-custom-op';

/** `TensorType`, without the types that Inkcast's layers never use. */
export const TENSOR_TYPE = {
  float32: 0,
  float16: 1,
  int32: 2,
  uint8: 3,
  int64: 4,
  bool: 6,
  int16: 7,
  int8: 9,
} as const;

export const PADDING = { same: 0, valid: 1 } as const;

/** `ActivationFunctionType`, without those that Inkcast's layers never fuse. */
export const ACTIVATION = { none: 0, relu: 1, relu6: 3 } as const;
