import type { SpotterDescription } from '@inkcast/shared/bundle';
import type { AddedSpotter } from '@inkcast/training/bundle';
import { bytesOf, GraphBuilder, writeTflite } from '@inkcast/training/tflite';
import { quantized } from './sample-tflite.js';

const STRIDE = 4;
const CHANNELS = 14;

/** A small fully convolutional int8 network: luma, two convolutions of stride 2, and 14 channels for each place. */
export function spotterModel(height: number, width: number): Uint8Array {
  const graph = new GraphBuilder();
  const map = (name: string, stride: number, channels: number, scale: number, zeroPoint: number): number =>
    graph.tensor({
      name,
      type: 'int8',
      shape: [1, height / stride, width / stride, channels],
      quantization: quantized(scale, zeroPoint),
    });
  const input = map('luma', 1, 1, 1 / 255, -128);
  const layers = [
    { to: map('halved', 2, 4, 0.02, -128), shape: [4, 3, 3, 1], stride: 2, scale: 1 / 255 },
    { to: map('quartered', 4, 8, 0.05, -128), shape: [8, 3, 3, 4], stride: 2, scale: 0.02 },
    { to: map('places', 4, CHANNELS, 0.1, 0), shape: [CHANNELS, 1, 1, 8], stride: 1, scale: 0.05 },
  ];
  layers.forEach(({ to, shape, stride, scale }, index) => {
    const count = shape.reduce((product, size) => product * size, 1);
    const data = bytesOf(Int8Array.from({ length: count }, (_, at) => ((at * 37 + index) % 255) - 127));
    const filters = graph.tensor({
      name: `filters${index}`,
      type: 'int8',
      shape,
      quantization: quantized(0.01, 0),
      data,
    });
    const biases = Int32Array.from({ length: shape[0] }, (_, at) => at * 100);
    graph.operator({
      kind: 'conv2d',
      inputs: [
        index === 0 ? input : layers[index - 1].to,
        filters,
        graph.ints(`biases${index}`, [shape[0]], biases, quantized(0.01 * scale, 0)),
      ],
      outputs: [to],
      padding: 'same',
      strides: [stride, stride],
      dilations: [1, 1],
      activation: index < 2 ? 'relu' : 'none',
    });
  });
  return writeTflite(graph.build({ name: 'main', description: 'spotter', inputs: [input], outputs: [layers[2].to] }));
}

/** What a manifest says of `spotterModel`. */
export function describeSpotter(
  size: SpotterDescription['size'],
  height: number,
  width: number,
  changes: Partial<SpotterDescription> = {},
): SpotterDescription {
  return {
    file: size === 'standard' ? 'spotter.tflite' : 'spotter-small.tflite',
    size,
    input: { shape: [1, height, width, 1], dtype: 'int8', scale: 1 / 255, zeroPoint: -128, range: [0, 1] },
    output: { shape: [1, height / STRIDE, width / STRIDE, CHANNELS], dtype: 'int8', scale: 0.1, zeroPoint: 0 },
    stride: STRIDE,
    classes: 10,
    parameters: 500,
    recipe: {},
    ...changes,
  };
}

/** `spotterModel` as it is put into a bundle. */
export const addedSpotter = (size: SpotterDescription['size'], height: number, width: number): AddedSpotter => ({
  size,
  model: spotterModel(height, width),
  range: [0, 1],
  stride: STRIDE,
  classes: 10,
  parameters: 500,
  recipe: {},
});
