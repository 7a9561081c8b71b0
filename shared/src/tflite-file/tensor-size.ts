import type { TensorType } from './model.js';

const BYTES: Readonly<Record<TensorType, number>> = {
  float32: 4,
  float16: 2,
  int32: 4,
  uint8: 1,
  int64: 8,
  bool: 1,
  int16: 2,
  int8: 1,
};

export const elementSize = (type: TensorType): number => BYTES[type];

export const elementCount = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

/** Size of a tensor's content in bytes. */
export const tensorSize = (tensor: { readonly type: TensorType; readonly shape: readonly number[] }): number =>
  elementCount(tensor.shape) * elementSize(tensor.type);
