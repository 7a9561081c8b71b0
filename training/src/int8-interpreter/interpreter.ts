import {
  type Buffer,
  type Kernel,
  type KernelSettings,
  kernelOf,
  makeBuffer,
  type Ties,
  type Values,
} from '@inkcast/shared/int8-kernels';
import type { TfliteModel } from '@inkcast/shared/tflite-file';

/** How the matrix products of this machine's Node.js round ties. */
export const machineTies = (): Ties => (process.arch === 'x64' ? 'up' : 'away');

/**
 * Runs int8 graphs in plain TypeScript, step by step as TensorFlow Lite's built-in kernels do: the executable form of
 * the quantization specification. It owns no native memory.
 */
export class Int8Interpreter {
  readonly #model: TfliteModel;
  readonly #buffers: readonly Buffer[];
  readonly #kernels: readonly Kernel[];

  /** Use `createInt8Interpreter`. */
  constructor(model: TfliteModel, buffers: readonly Buffer[], kernels: readonly Kernel[]) {
    this.#model = model;
    this.#buffers = buffers;
    this.#kernels = kernels;
  }

  /**
   * Computes every tensor from the first input's values.
   *
   * @returns the first output's values, valid until the next run
   */
  run(input: ArrayLike<number>): Values {
    this.values(this.#model.inputs[0]).set(input);
    for (const kernel of this.#kernels) kernel();
    return this.values(this.#model.outputs[0]);
  }

  /** Computes one operator, by its place in the model, from what its inputs hold. */
  compute(operator: number): void {
    this.#kernels[operator]();
  }

  /** What a tensor holds, by its index in the model; it may be written between runs. */
  values(tensor: number): Values {
    return this.#buffers[tensor].values;
  }
}

/**
 * @param settings `matrixTies`: default, that of this machine
 * @throws InkError INK_TFLITE_UNSUPPORTED where the graph computes anything but int8
 */
export function createInt8Interpreter(
  model: TfliteModel,
  settings: KernelSettings = { matrixTies: machineTies() },
): Int8Interpreter {
  const buffers = model.tensors.map(makeBuffer);
  const kernels = model.operators.map((operator) => {
    const inputs = operator.inputs.filter((index) => index !== -1).map((index) => buffers[index]);
    return kernelOf(operator, inputs, buffers[operator.outputs[0]], settings);
  });
  return new Int8Interpreter(model, buffers, kernels);
}
