export {
  activationRange,
  type Buffer,
  bufferOver,
  int8Of,
  int32Of,
  makeBuffer,
  type Quantized,
  quantizedOf,
  type Values,
} from './buffer.js';
export { channelMultipliers } from './convolution.js';
export { type SumMultipliers, sumMultipliers, summand } from './elementwise.js';
export {
  doublingHighMultiply,
  type Multiplier,
  multiply,
  quantizeMultiplier,
  roundingShift,
  type Ties,
} from './fixed-point.js';
export { unitMultiplier } from './fully-connected.js';
export type { Kernel, KernelSettings } from './kernel.js';
export { kernelOf } from './kernel-of.js';
export { nearestPlaces } from './moving.js';
export { type WindowPlace, windowOf } from './window.js';
