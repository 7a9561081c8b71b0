import { InkError } from '@inkcast/shared/errors';
import { bufferOver, int8Of, type Kernel, makeBuffer, type Quantized, quantizedOf } from '@inkcast/shared/int8-kernels';
import { elementCount, type TfliteModel, type TfliteTensor } from '@inkcast/shared/tflite-file';
import type { Kernels } from './engine-kernels.js';
import type { MemoryPlan } from './memory-plan.js';

/**
 * Which kernels of TensorFlow Lite give the same bits: its own ones on x64, the specification's executable form; or those of
 * XNNPACK on x64, which the device uses where it can. They differ by one step of some values, and so, seldom, by a digit.
 */
export type Rounding = 'built-in' | 'xnnpack';

/** A step of a model, once its memory is there. */
export type Bind = (kernels: Kernels) => Kernel;

/** Bytes of room for sums that `rescale` takes. */
const SUMS_BYTES = 128;

/** A tensor of int8 in the model's memory. */
export interface Place extends Quantized {
  readonly shape: readonly number[];
  readonly address: number;
}

/** What the lowering of an operator needs: the model's tensors and its memory. */
export class Lowering {
  readonly plan: MemoryPlan;
  readonly rounding: Rounding;
  /** Room for sums, which all operators share. */
  readonly sums: number;
  #tensors: readonly TfliteTensor[];
  readonly #addresses: Map<number, number>;

  /** @param addresses of the computed tensors, by index */
  constructor(model: TfliteModel, plan: MemoryPlan, addresses: ReadonlyMap<number, number>, rounding: Rounding) {
    this.plan = plan;
    this.rounding = rounding;
    this.sums = plan.reserve(SUMS_BYTES);
    this.#tensors = model.tensors;
    this.#addresses = new Map(addresses);
  }

  /** @throws InkError INK_TFLITE_UNSUPPORTED if it is not int8 */
  place(index: number): Place {
    const tensor = this.#tensor(index);
    const { name, type, shape, data } = tensor;
    if (type !== 'int8') {
      throw new InkError('INK_TFLITE_UNSUPPORTED', `Inkcast's engine computes int8, and "${name}" is ${type}.`);
    }
    const address = this.#addresses.get(index) ?? this.plan.constant(int8Of(makeBuffer(tensor)));
    if (data !== undefined) this.#addresses.set(index, address);
    return { shape, address, ...quantizedOf(tensor) };
  }

  /** A tensor with its values: constants of their own, computed ones in the model's memory. */
  buffer(index: number, { memory }: Kernels) {
    const tensor = this.#tensor(index);
    if (tensor.data !== undefined) return makeBuffer(tensor);
    const { address } = this.place(index);
    return bufferOver(tensor, new Int8Array(memory, address, elementCount(tensor.shape)));
  }

  /** A constant, such as a filter. @throws InkError INK_TFLITE_UNSUPPORTED if it is computed */
  constant(index: number) {
    const tensor = this.#tensor(index);
    if (tensor.data !== undefined) return makeBuffer(tensor);
    throw new InkError(
      'INK_TFLITE_UNSUPPORTED',
      `Inkcast's engine needs constant weights, and "${tensor.name}" is computed.`,
    );
  }

  /** Lets go of the model's bytes, which the steps have copied, though they still refer to this. */
  close(): void {
    this.#tensors = [];
  }

  #tensor(index: number): TfliteTensor {
    return this.#tensors[index];
  }
}
