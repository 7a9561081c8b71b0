export { checkModel } from './check-model.js';
export type {
  ConcatenationOperator,
  Conv2DOperator,
  CustomOperator,
  DepthwiseConv2DOperator,
  ElementwiseOperator,
  FullyConnectedOperator,
  FusedActivation,
  LeakyReluOperator,
  MeanOperator,
  OperatorKind,
  PlainOperator,
  PoolOperator,
  ReshapeOperator,
  SoftmaxOperator,
  TensorQuantization,
  TensorType,
  TfliteModel,
  TfliteOperator,
  TflitePadding,
  TfliteSignature,
  TfliteTensor,
} from './model.js';
export { readTflite } from './read-model.js';
export { resizeModel } from './resize-model.js';
export * as schema from './schema.js';
export { EDGE_TPU_OPERATOR } from './schema.js';
export { elementCount, elementSize, tensorSize } from './tensor-size.js';
