import { InkError } from '../errors/index.js';
import { elementCount, type FusedActivation, type TensorType, type TfliteTensor } from '../tflite-file/index.js';
import { clamp, roundAway } from './fixed-point.js';

export type Values = Int8Array | Uint8Array | Int32Array | Float32Array;

/** real = scale * (quantized - zeroPoint) */
export interface Quantized {
  /** One scale per index of `dimension`, or one for all; 1 if the tensor is not quantized. */
  readonly scales: Float32Array;
  /** Of the whole tensor. */
  readonly scale: number;
  readonly zeroPoint: number;
}

/** A tensor with its memory. */
export interface Buffer extends Quantized {
  readonly name: string;
  readonly type: TensorType;
  readonly shape: readonly number[];
  readonly values: Values;
}

/** Memory for a tensor; holds its content already where it is constant. */
export function makeBuffer(tensor: TfliteTensor): Buffer {
  return bufferOver(tensor, tensor.data === undefined ? zeros(tensor) : valuesOf(tensor, tensor.data));
}

/** A tensor in memory of somebody else. */
export function bufferOver(tensor: TfliteTensor, values: Values): Buffer {
  const { name, type, shape } = tensor;
  return { name, type, shape, values, ...quantizedOf(tensor) };
}

export function quantizedOf({ quantization }: TfliteTensor): Quantized {
  const scales = quantization?.scales ?? Float32Array.of(1);
  return { scales, scale: scales[0], zeroPoint: quantization?.zeroPoints[0] ?? 0 };
}

function zeros(tensor: TfliteTensor): Values {
  return valuesOf(tensor, new Uint8Array(elementCount(tensor.shape) * 4));
}

function valuesOf({ name, type, shape }: TfliteTensor, bytes: Uint8Array): Values {
  const { buffer } = bytes.slice();
  const count = elementCount(shape);
  switch (type) {
    case 'int8':
      return new Int8Array(buffer, 0, count);
    case 'uint8':
      return new Uint8Array(buffer, 0, count);
    case 'int32':
      return new Int32Array(buffer, 0, count);
    case 'float32':
      return new Float32Array(buffer, 0, count);
    default:
      throw new InkError('INK_TFLITE_UNSUPPORTED', `The reference interpreter has no ${type}, the type of "${name}".`);
  }
}

/** The int8 values of an activation or filter. @throws InkError INK_TFLITE_UNSUPPORTED */
export function int8Of({ name, type, values }: Buffer): Int8Array {
  if (values instanceof Int8Array) return values;
  throw new InkError('INK_TFLITE_UNSUPPORTED', `The reference interpreter computes int8, and "${name}" is ${type}.`);
}

export function int32Of({ name, type, values }: Buffer): Int32Array {
  if (values instanceof Int32Array) return values;
  throw new InkError('INK_TFLITE_UNSUPPORTED', `The tensor "${name}" is ${type} instead of int32.`);
}

/** Least and largest int8 value that a fused activation lets pass. */
export function activationRange(
  activation: FusedActivation,
  { scale, zeroPoint }: Quantized,
): [min: number, max: number] {
  const quantized = (real: number): number => zeroPoint + roundAway(Math.fround(real / scale));
  const min = activation === 'none' ? -128 : clamp(quantized(0), -128, 127);
  const max = activation === 'relu6' ? clamp(quantized(6), -128, 127) : 127;
  return [min, max];
}
