import type { TensorQuantization, TfliteModel } from '@inkcast/shared/tflite-file';
import { bytesOf, GraphBuilder } from '@inkcast/training/tflite';

export const quantized = (scale: number, zeroPoint: number): TensorQuantization => ({
  scales: Float32Array.of(scale),
  zeroPoints: Int32Array.of(zeroPoint),
  dimension: 0,
});

/** A small int8 classifier with one operator of most kinds: 6x6 pictures, three classes, any batch. */
export function sampleModel(): TfliteModel {
  const graph = new GraphBuilder();
  const map = (name: string, size: number, channels: number, quantization: TensorQuantization): number =>
    graph.tensor({
      name,
      type: 'int8',
      shape: [1, size, size, channels],
      shapeSignature: [-1, size, size, channels],
      quantization,
    });
  const vector = (name: string, size: number, quantization: TensorQuantization): number =>
    graph.tensor({ name, type: 'int8', shape: [1, size], shapeSignature: [-1, size], quantization });
  const weights = (name: string, shape: readonly number[], quantization: TensorQuantization): number => {
    const count = shape.reduce((product, size) => product * size, 1);
    const data = bytesOf(Int8Array.from({ length: count }, (_, index) => ((index * 37) % 255) - 127));
    return graph.tensor({ name, type: 'int8', shape, quantization, data });
  };
  const input = map('image', 6, 1, quantized(1 / 255, -128));
  const filters = { scales: Float32Array.of(0.01, 0.02), zeroPoints: Int32Array.of(0, 0), dimension: 0 };
  const biases = { scales: Float32Array.of(0.01 / 255, 0.02 / 255), zeroPoints: Int32Array.of(0, 0), dimension: 0 };
  const convolved = map('convolved', 4, 2, quantized(0.02, -128));
  graph.operator({
    kind: 'conv2d',
    inputs: [
      input,
      weights('filters', [2, 3, 3, 1], filters),
      graph.ints('biases', [2], Int32Array.of(100, -50), biases),
    ],
    outputs: [convolved],
    padding: 'valid',
    strides: [1, 1],
    dilations: [1, 1],
    activation: 'relu',
  });
  const pooled = map('pooled', 2, 2, quantized(0.02, -128));
  graph.operator({
    kind: 'maxPool2d',
    inputs: [convolved],
    outputs: [pooled],
    padding: 'valid',
    strides: [2, 2],
    filter: [2, 2],
    activation: 'none',
  });
  const added = map('added', 2, 2, quantized(0.04, -128));
  graph.operator({ kind: 'add', inputs: [pooled, pooled], outputs: [added], activation: 'none' });
  const flat = vector('flat', 8, quantized(0.04, -128));
  const shape = graph.ints('shape', [2], Int32Array.of(-1, 8));
  graph.operator({ kind: 'reshape', inputs: [added, shape], outputs: [flat], newShape: [-1, 8] });
  const logits = vector('logits', 3, quantized(0.1, 0));
  graph.operator({
    kind: 'fullyConnected',
    inputs: [
      flat,
      weights('dense', [3, 8], quantized(0.01, 0)),
      graph.ints('offsets', [3], Int32Array.of(1, 2, 3), quantized(0.04 * 0.01, 0)),
    ],
    outputs: [logits],
    activation: 'none',
    keepNumDims: false,
  });
  const output = vector('probabilities', 3, quantized(1 / 256, -128));
  graph.operator({ kind: 'softmax', inputs: [logits], outputs: [output], beta: 1 });
  return graph.build({ name: 'main', description: 'sample', inputs: [input], outputs: [output] });
}
