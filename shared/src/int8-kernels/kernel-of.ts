import { InkError } from '../errors/index.js';
import type { TfliteOperator } from '../tflite-file/index.js';
import type { Buffer } from './buffer.js';
import { convolution } from './convolution.js';
import { depthwise } from './depthwise.js';
import { elementwise } from './elementwise.js';
import { fullyConnected } from './fully-connected.js';
import { hardSwish } from './hard-swish.js';
import type { Kernel, KernelSettings } from './kernel.js';
import { mean } from './mean.js';
import { concatenation, pad, reshape, resizeNearest } from './moving.js';
import { pooling } from './pooling.js';
import { dequantize, quantize, rectified } from './rescaling.js';
import { logistic, softmax } from './tables.js';

/**
 * The kernel of an operator, in plain TypeScript.
 *
 * @throws InkError INK_TFLITE_UNSUPPORTED where it computes anything but int8
 */
export function kernelOf(
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
    case 'tanh':
    case 'leakyRelu':
      throw new InkError(
        'INK_TFLITE_UNSUPPORTED',
        `The reference interpreter has no ${operator.kind}, which computes "${output.name}".`,
      );
    case 'custom':
      throw new InkError('INK_TFLITE_UNSUPPORTED', `The operator "${operator.code}" is not one of TensorFlow Lite's.`);
  }
}
