import assert from 'node:assert/strict';
import type { TfLiteLibrary } from '@inkcast/shared/tflite';
import type { TfliteModel, TfliteTensor } from '@inkcast/shared/tflite-file';
import { type Network, NetworkBuilder } from '@inkcast/training/models';
import type { QuantizedNetwork } from '@inkcast/training/quantization';
import { bytesOf, writeTflite } from '@inkcast/training/tflite';
import fc from 'fast-check';

/** Random settings for a network with one layer of weights. */
export const oneLayerSettings = fc.record({
  kind: fc.constantFrom('conv2d', 'depthwiseConv2d', 'dense'),
  side: fc.integer({ min: 3, max: 7 }),
  channels: fc.integer({ min: 1, max: 4 }),
  filters: fc.integer({ min: 1, max: 6 }),
  kernel: fc.integer({ min: 1, max: 3 }),
  strides: fc.integer({ min: 1, max: 2 }),
  padding: fc.constantFrom('same', 'valid'),
  activates: fc.boolean(),
  seed: fc.nat(),
});

export type OneLayerSettings = typeof oneLayerSettings extends fc.Arbitrary<infer T> ? T : never;

/** A network with one layer of weights, whose input loses nothing in int8. */
export function oneLayerNetwork(settings: OneLayerSettings): Network {
  const { kind, side, channels, filters, kernel, activates, ...window } = settings;
  const builder = new NetworkBuilder('one', [side, side, channels]);
  if (kind === 'dense') builder.flatten().dense(filters);
  else if (kind === 'conv2d') builder.conv2d(filters, kernel, window);
  else builder.depthwiseConv2d(kernel, window);
  if (activates) builder.relu();
  return builder.build();
}

/** The integers of an int8 or int32 constant. */
export function integersOf({ data, type }: TfliteTensor): Int8Array | Int32Array {
  assert.ok(data !== undefined);
  return type === 'int32' ? new Int32Array(data.slice().buffer) : new Int8Array(data.slice().buffer);
}

/** The real values of an int8 or int32 constant. */
function realValues(tensor: TfliteTensor): Float32Array {
  const { shape, quantization } = tensor;
  assert.ok(quantization !== undefined);
  const { scales, dimension } = quantization;
  const inner = shape.slice(dimension + 1).reduce((product, size) => product * size, 1);
  return Float32Array.from(integersOf(tensor), (value, at) => value * scales[Math.floor(at / inner) % scales.length]);
}

/** The constants of an int8 graph that stand for real values: filters and biases. */
export const quantizedConstants = ({ tensors }: TfliteModel): readonly TfliteTensor[] =>
  tensors.filter(({ data, quantization }) => data !== undefined && quantization !== undefined);

/**
 * The sums of the operator of a network with one layer, without its activation: with its float constants, and with the real
 * values of the quantized ones. In the order of pictures, places and channels.
 */
export function sumsOf(
  library: TfLiteLibrary,
  { float, quantized }: QuantizedNetwork,
  images: Uint8Array,
): { readonly channels: number; readonly exact: Float64Array; readonly rounded: Float64Array } {
  const real = new Map(quantizedConstants(quantized).map((tensor) => [tensor.name, realValues(tensor)]));
  const { tensors, operators } = float;
  const { shape } = tensors[operators[operators.length - 1].outputs[0]];
  const [exact, rounded] = [new Map<string, Float32Array>(), real].map((constants) =>
    outputsOf(library, linear(float, constants), images),
  );
  return { channels: shape[shape.length - 1], exact, rounded };
}

/** The float graph without activations, with other constants. */
const linear = (float: TfliteModel, constants: ReadonlyMap<string, Float32Array>): TfliteModel => ({
  ...float,
  operators: float.operators.map((operator) =>
    'activation' in operator ? { ...operator, activation: 'none' } : operator,
  ),
  tensors: float.tensors.map((tensor) => {
    const values = constants.get(tensor.name);
    return values === undefined ? tensor : { ...tensor, data: bytesOf(values) };
  }),
});

function outputsOf(library: TfLiteLibrary, model: TfliteModel, images: Uint8Array): Float64Array {
  const loaded = library.loadModel(writeTflite(model));
  try {
    const interpreter = loaded.createInterpreter();
    const [input, output] = [interpreter.inputs[0], interpreter.outputs[0]];
    const size = input.data.length;
    const outputs = new Float64Array((images.length / size) * output.data.length);
    for (let picture = 0; picture * size < images.length; picture++) {
      const bytes = images.subarray(picture * size, (picture + 1) * size);
      input.data.set(Float32Array.from(bytes, (byte) => byte / 255));
      interpreter.invoke();
      outputs.set(output.data, picture * output.data.length);
    }
    return outputs;
  } finally {
    loaded.close();
  }
}
