import { InkError } from '@inkcast/shared/errors';
import type { TfliteModel, TfliteOperator } from '@inkcast/shared/tflite-file';
import { type Buffer, makeBuffer, type Values } from './buffer.js';
import type { Ties } from './fixed-point.js';
import type { Kernel, KernelSettings } from './kernel.js';
import { convolution } from './kernels/convolution.js';
import { depthwise } from './kernels/depthwise.js';
import { elementwise } from './kernels/elementwise.js';
import { fullyConnected } from './kernels/fully-connected.js';
import { hardSwish } from './kernels/hard-swish.js';
import { mean } from './kernels/mean.js';
import { concatenation, pad, reshape, resizeNearest } from './kernels/moving.js';
import { pooling } from './kernels/pooling.js';
import { dequantize, quantize, rectified } from './kernels/rescaling.js';
import { logistic, softmax } from './kernels/tables.js';

/** How this machine's matrix products round ties. */
export const MACHINE_TIES: Ties = process.arch === 'x64' ? 'up' : 'away';

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
  settings: KernelSettings = { matrixTies: MACHINE_TIES },
): Int8Interpreter {
  const buffers = model.tensors.map(makeBuffer);
  const kernels = model.operators.map((operator) => {
    const inputs = operator.inputs.filter((index) => index !== -1).map((index) => buffers[index]);
    return kernelOf(operator, inputs, buffers[operator.outputs[0]], settings);
  });
  return new Int8Interpreter(model, buffers, kernels);
}

function kernelOf(
  operator: TfliteOperator,
  inputs: readonly Buffer[],
  output: Buffer,
  settings: KernelSettings,
): Kernel {
  switch (operator.kind) {
    case 'conv2d':
      return convolution(operator, inputs, output, settings);
    case 'depthwiseConv2d':
      return depthwise(operator, inputs, output);
    case 'fullyConnected':
      return fullyConnected(operator, inputs, output, settings);
    case 'maxPool2d':
    case 'averagePool2d':
      return pooling(operator, inputs, output);
    case 'mean':
      return mean(operator, inputs, output);
    case 'add':
    case 'mul':
      return elementwise(operator, inputs, output);
    case 'reshape':
      return reshape(inputs, output);
    case 'pad':
      return pad(inputs, output);
    case 'resizeNearestNeighbor':
      return resizeNearest(inputs, output);
    case 'concatenation':
      return concatenation(operator, inputs, output);
    case 'softmax':
      return softmax(operator.beta, inputs, output);
    case 'logistic':
      return logistic(inputs, output);
    case 'hardSwish':
      return hardSwish(inputs, output);
    case 'relu':
    case 'relu6':
      return rectified(operator.kind, inputs, output);
    case 'quantize':
      return quantize(inputs, output);
    case 'dequantize':
      return dequantize(inputs, output);
    case 'custom':
      throw new InkError('INK_TFLITE_UNSUPPORTED', `The operator "${operator.code}" is not one of TensorFlow Lite's.`);
  }
}
