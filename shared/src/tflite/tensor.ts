import koffi from 'koffi';
import { InkError } from '../errors/index.js';
import type { NativeFunctions, Pointer } from './native-functions.js';

export type TensorData = Float32Array | Int32Array | Uint8Array | Int8Array;

/** An input or output of an interpreter. */
export interface Tensor {
  readonly name: string;
  readonly type: 'float32' | 'int32' | 'uint8' | 'int8';
  /** Batch first. */
  readonly shape: readonly number[];
  /** real = scale * (value - zeroPoint); undefined if the tensor is not quantized. */
  readonly quantization: { readonly scale: number; readonly zeroPoint: number } | undefined;
  /**
   * The content, row-major: a view of the interpreter's memory that must not be used after its `close`.
   *
   * @throws InkError INK_TFLITE_INTERPRETER if the interpreter is closed
   */
  readonly data: TensorData;
}

/** The types that inputs and outputs may have, by their numbers in tensorflow/lite/c/c_api_types.h. */
const KINDS: Readonly<
  Record<number, { readonly type: Tensor['type']; readonly view: (b: ArrayBuffer) => TensorData }>
> = {
  1: { type: 'float32', view: (buffer) => new Float32Array(buffer) },
  2: { type: 'int32', view: (buffer) => new Int32Array(buffer) },
  3: { type: 'uint8', view: (buffer) => new Uint8Array(buffer) },
  9: { type: 'int8', view: (buffer) => new Int8Array(buffer) },
};

/** @throws InkError INK_TFLITE_INTERPRETER if the tensor has another type or no memory */
export function readTensor(native: NativeFunctions, tensor: Pointer, isOpen: () => boolean): Tensor {
  const name = native.TensorName(tensor);
  const number = native.TensorType(tensor);
  const kind = KINDS[number];
  if (kind === undefined) {
    throw new InkError('INK_TFLITE_INTERPRETER', `The tensor "${name}" is of the type number ${number}.`);
  }
  const address = native.TensorData(tensor);
  if (address === null) throw new InkError('INK_TFLITE_INTERPRETER', `The tensor "${name}" has no memory.`);
  const { scale, zeroPoint } = native.TensorQuantizationParams(tensor);
  const data = kind.view(koffi.view(address, native.TensorByteSize(tensor)));
  return {
    name,
    type: kind.type,
    shape: Array.from({ length: native.TensorNumDims(tensor) }, (_, index) => native.TensorDim(tensor, index)),
    quantization: scale === 0 ? undefined : { scale, zeroPoint },
    get data() {
      if (!isOpen()) throw new InkError('INK_TFLITE_INTERPRETER', `The interpreter of "${name}" is closed.`);
      return data;
    },
  };
}
