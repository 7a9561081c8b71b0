export { activationRange, type Buffer, int8Of, int32Of, makeBuffer, type Values } from './buffer.js';
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
export { type WindowPlace, windowOf } from './window.js';
