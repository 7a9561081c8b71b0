export { type NetworkCost, networkCost } from './counting.js';
export { initializeParameters } from './initialize.js';
export type {
  BatchNormLayer,
  Conv2DLayer,
  DenseLayer,
  DepthwiseConv2DLayer,
  DropoutLayer,
  InputLayer,
  Layer,
  LayerKind,
  Padding,
  PlainLayer,
  PoolLayer,
  Size2D,
  UpsampleLayer,
} from './layer.js';
export { DEFAULT_MODEL_OPTIONS, type ModelOptions } from './model-options.js';
export type { Network } from './network.js';
export { NetworkBuilder } from './network-builder.js';
export { type ParameterRole, type ParameterSpec, parameterSpecs } from './parameter-specs.js';
export type { Parameters, Tensor } from './parameters.js';
export { buildModel, MODELS, type Model } from './registry.js';
export { inferShapes, layerShape, type Shape, type Shapes } from './shapes.js';
export { type WindowAxis, type WindowGeometry, windowAxis, windowGeometry } from './window.js';
