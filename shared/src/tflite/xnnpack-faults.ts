import type { Conv2DOperator, DepthwiseConv2DOperator, TfliteModel } from '../tflite-file/index.js';

/**
 * Why XNNPACK must not run a graph; undefined if it may. The version in TensorFlow Lite 2.9 pads a convolution wrongly
 * if the padding is SAME and the window is smaller than the stride along one axis. Its outputs are then far from those
 * of the built-in kernels, in float32 and in int8 (measured; docs/internals/quantization.md).
 */
export function xnnpackFault(graph: TfliteModel): string | undefined {
  const faulty = graph.operators.findIndex(
    (operator) =>
      (operator.kind === 'conv2d' || operator.kind === 'depthwiseConv2d') && isPaddedWrongly(graph, operator),
  );
  if (faulty === -1) return undefined;
  return `XNNPACK pads operator ${faulty} wrongly, whose window is smaller than its stride.`;
}

function isPaddedWrongly(graph: TfliteModel, operator: Conv2DOperator | DepthwiseConv2DOperator): boolean {
  const [, ...filter] = graph.tensors[operator.inputs[1]].shape;
  return operator.padding === 'same' && operator.strides.some((stride, axis) => filter[axis] < stride);
}
