import { type Network, NetworkBuilder } from '@inkcast/training/models';
import fc from 'fast-check';

type Step = (builder: NetworkBuilder) => NetworkBuilder;

/** Layers that take maps and vectors alike. */
const STEPS = {
  batchNorm: (builder) => builder.batchNorm(),
  relu: (builder) => builder.relu(),
  relu6: (builder) => builder.relu6(),
  hardSwish: (builder) => builder.hardSwish(),
  sigmoid: (builder) => builder.sigmoid(),
  dropout: (builder) => builder.dropout(0.3),
  flatten: (builder) => builder.flatten(),
  gate: (builder) => {
    const trunk = builder.end;
    return builder.sigmoid().multiplyOver(trunk);
  },
  residual: (builder) => {
    const trunk = builder.end;
    return builder.batchNorm().add(trunk);
  },
  join: (builder) => {
    const trunk = builder.end;
    return builder.batchNorm().relu().concat([trunk]);
  },
} satisfies Record<string, Step>;

const MAP_STEPS: Readonly<Record<string, Step>> = {
  ...STEPS,
  // Layers with maps come first, because a vector cannot become a map again.
  flatten: (builder) => builder,
  conv2d: (builder) => builder.conv2d(3, 2, { padding: 'same' }),
  depthwiseConv2d: (builder) => builder.depthwiseConv2d(2, { padding: 'same' }),
  maxPool: (builder) => builder.maxPool(2, { padding: 'same' }),
  averagePool: (builder) => builder.averagePool(2, { padding: 'same' }),
  upsample: (builder) => builder.upsample(2),
  globalAveragePool: (builder) => builder.globalAveragePool(),
};

const VECTOR_STEPS: Readonly<Record<string, Step>> = {
  ...STEPS,
  dense: (builder) => builder.dense(5),
  softmax: (builder) => builder.softmax(),
};

const some = (steps: Readonly<Record<string, Step>>) =>
  fc.array(fc.constantFrom(...Object.keys(steps)), { maxLength: 5 });

/** Names of layers in any order: of maps, then of vectors. */
export const layerOrders = fc.record({ maps: some(MAP_STEPS), vectors: some(VECTOR_STEPS), seed: fc.nat() });

export const ORDERS_SHAPE = [6, 5, 2] as const;
export const ORDERS_CLASSES = 3;

/** A classifier of these layers. */
export function networkOf(maps: readonly string[], vectors: readonly string[]): Network {
  const builder = new NetworkBuilder('orders', ORDERS_SHAPE);
  for (const name of maps) MAP_STEPS[name](builder);
  builder.flatten();
  for (const name of vectors) VECTOR_STEPS[name](builder);
  return builder.dense(ORDERS_CLASSES).softmax().build();
}
