import { initializeParameters, type Network, NetworkBuilder, type Parameters } from '@inkcast/training/models';
import { Random } from '@inkcast/training/random';
import fc from 'fast-check';

/** Random settings for a fully convolutional network; its input is any multiple of twice the factor. */
export interface MapSettings {
  readonly factor: number;
  readonly channels: number;
  readonly filters: number;
  readonly kernel: number;
  readonly joins: 'add' | 'concat';
  readonly pools: boolean;
  readonly outputs: number;
  readonly seed: number;
}

export const mapSettings: fc.Arbitrary<MapSettings> = fc.record({
  factor: fc.integer({ min: 2, max: 4 }),
  channels: fc.integer({ min: 1, max: 4 }),
  filters: fc.integer({ min: 1, max: 9 }),
  kernel: fc.integer({ min: 1, max: 5 }),
  joins: fc.constantFrom('add', 'concat'),
  pools: fc.boolean(),
  outputs: fc.integer({ min: 1, max: 14 }),
  seed: fc.nat(),
});

/** Units of the input's size, each of twice the factor. */
export const mapSize = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }));

/** A strided map and its enlargement beside a skip, as detectors have them; the output is a map of half the input's size. */
export function mapNetwork(of: MapSettings, units: readonly [number, number]): Network {
  const [height, width] = [2 * of.factor * units[0], 2 * of.factor * units[1]];
  const { factor, filters, kernel } = of;
  const builder = new NetworkBuilder('maps', [height, width, of.channels])
    .conv2d(filters, 3, { strides: 2, padding: 'same', bias: false })
    .batchNorm()
    .relu6()
    .depthwiseConv2d(kernel, { padding: 'same' })
    .conv2d(filters, 1)
    .relu6();
  const skip = builder.end;
  if (of.pools) builder.maxPool(factor);
  else builder.conv2d(filters, kernel, { strides: factor, padding: 'same' }).relu6();
  builder.conv2d(filters, 3, { padding: 'same' }).upsample(factor);
  if (of.joins === 'add') builder.add(skip);
  else builder.concat([skip]);
  return builder.relu6().conv2d(of.outputs, 1).build();
}

/** Parameters that belong to `network` at any size. */
export function mapParameters(network: Network, seed: number): Parameters {
  const random = new Random(seed);
  const biases = ([name, tensor]: readonly [
    string,
    { readonly shape: readonly number[]; readonly data: Float32Array },
  ]) => [name, name.endsWith('/bias') ? { ...tensor, data: tensor.data.map(() => random.normal()) } : tensor] as const;
  return new Map([...initializeParameters(network, seed)].map(biases));
}

/** Random bytes for `count` pictures of the network's input. */
export function randomPictures({ layers: [input] }: Network, count: number, seed: number): Uint8Array {
  const random = new Random(seed);
  const size = input.kind === 'input' ? input.shape.reduce((product, side) => product * side, 1) : 0;
  return Uint8Array.from({ length: count * size }, () => random.integer(256));
}
