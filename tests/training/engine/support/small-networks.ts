import { type Network, NetworkBuilder, type Padding, type Size2D } from '@inkcast/training/models';
import { Random } from '@inkcast/training/random';
import fc from 'fast-check';

/** Random settings for one small network; each case uses those it needs. */
export interface Settings {
  readonly size: Size2D;
  readonly channels: number;
  readonly filters: number;
  readonly kernel: Size2D;
  readonly strides: Size2D;
  readonly padding: Padding;
  readonly bias: boolean;
  readonly classes: number;
  readonly count: number;
  readonly seed: number;
}

const side = (min: number, max: number) => fc.tuple(fc.integer({ min, max }), fc.integer({ min, max }));

export const settings: fc.Arbitrary<Settings> = fc.record({
  size: side(5, 9),
  channels: fc.integer({ min: 1, max: 9 }),
  filters: fc.integer({ min: 1, max: 18 }),
  kernel: side(1, 4),
  strides: side(1, 3),
  padding: fc.constantFrom<Padding>('same', 'valid'),
  bias: fc.boolean(),
  classes: fc.integer({ min: 2, max: 11 }),
  count: fc.integer({ min: 1, max: 11 }),
  seed: fc.nat(),
});

type Middle = (builder: NetworkBuilder, settings: Settings) => NetworkBuilder;

/**
 * What stands between a convolution and a dense layer: the convolution's gradients show whether the middle passes its
 * input gradient on correctly.
 */
export const MIDDLES: Readonly<Record<string, Middle>> = {
  conv2d: (builder, { filters, kernel, strides, padding, bias }) =>
    builder.conv2d(filters, kernel, { strides, padding, bias }),
  'conv2d 3x3': (builder, { filters, padding, bias }) => builder.conv2d(filters, 3, { padding, bias }),
  'conv2d 3x3, eights of channels': (builder, { filters, padding, bias }) =>
    builder
      .conv2d(8 * Math.ceil(filters / 8), 3, { padding, bias })
      .relu()
      .conv2d(8, 3, { padding, bias }),
  'conv2d 3x3, eights of channels, pooled': (builder, { filters, padding, bias }) =>
    builder
      .conv2d(8 * Math.ceil(filters / 8), 3, { padding, bias })
      .relu()
      .maxPool(2),
  'conv2d 1x1': (builder, { filters, padding, bias }) => builder.conv2d(filters, 1, { padding, bias }),
  'conv2d, relu, max pool': (builder, { filters, padding }) =>
    builder.conv2d(filters, 3, { padding }).relu().maxPool(2),
  depthwiseConv2d: (builder, { kernel, strides, padding, bias }) =>
    builder.depthwiseConv2d(kernel, { strides, padding, bias }),
  'depthwiseConv2d, wide, any channels': (builder, { filters, kernel, bias }) =>
    builder.conv2d(filters, 1).depthwiseConv2d([kernel[0], 4 + kernel[1]], { padding: 'same', bias }),
  batchNorm: (builder) => builder.batchNorm(),
  'batchNorm, relu': (builder) => builder.batchNorm().relu(),
  maxPool: (builder, { kernel, strides, padding }) => builder.maxPool(kernel, { strides, padding }),
  averagePool: (builder, { kernel, strides, padding }) => builder.averagePool(kernel, { strides, padding }),
  upsample: (builder, { classes }) => builder.upsample(2 + (classes % 2)),
  globalAveragePool: (builder) => builder.globalAveragePool(),
  'add (residual)': (builder, { padding }) => {
    const trunk = builder.end;
    if (padding === 'same') return builder.relu().add(trunk);
    const gate = builder.sigmoid().end;
    const doubled = builder.add(gate).end;
    return builder.from(trunk).add(doubled);
  },
  'multiply (attention)': (builder, { filters }) => {
    const trunk = builder.end;
    return builder.globalAveragePool().conv2d(8, 1).sigmoid().multiplyOver(trunk).add(trunk).conv2d(filters, 1);
  },
  'multiply (same shape)': (builder) => {
    const trunk = builder.end;
    return builder.sigmoid().multiplyOver(trunk);
  },
  concat: (builder, { filters }) => {
    const trunk = builder.end;
    const other = builder.conv2d(filters, 3, { padding: 'same' }).end;
    return builder.from(trunk).concat([other, trunk]);
  },
  'concat (vectors)': (builder, { filters }) => {
    const trunk = builder.flatten().dense(filters).end;
    return builder.dense(3).concat([trunk]);
  },
  'concat, relu': (builder) => {
    const trunk = builder.end;
    return builder.conv2d(2, 1).concat([trunk]).relu();
  },
  dropout: (builder) => builder.dropout(0.3),
  relu: (builder) => builder.relu(),
  relu6: (builder) => builder.relu6(),
  hardSwish: (builder) => builder.hardSwish(),
  sigmoid: (builder) => builder.sigmoid(),
  'softmax inside': (builder, { filters }) => builder.flatten().dense(filters).softmax(),
  dense: (builder, { filters }) => builder.flatten().dense(filters).relu(),
};

export function smallNetwork(middle: Middle, of: Settings): Network {
  // There are enough channels for the attention, and the map is large enough for every kernel above.
  const builder = new NetworkBuilder('small', [of.size[0], of.size[1], of.channels]).conv2d(8, 2, { padding: 'same' });
  return middle(builder, of).flatten().dense(of.classes, { bias: of.bias }).softmax().build();
}

/** Pictures of standard normal values and random classes. */
export function randomBatch(network: Network, count: number, classes: number, seed: number) {
  const random = new Random(seed);
  const input = network.layers[0];
  const size = input.kind === 'input' ? input.shape.reduce((product, sideLength) => product * sideLength, 1) : 0;
  return {
    images: Float32Array.from({ length: count * size }, () => random.normal()),
    labels: Uint8Array.from({ length: count }, () => random.integer(classes)),
    count,
  };
}
