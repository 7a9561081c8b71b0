import type {
  BatchNormLayer,
  Conv2DLayer,
  DenseLayer,
  Layer,
  Network,
  PoolLayer,
  Shapes,
} from '../../../models/index.js';
import { lookUp } from '../../look-up.js';

/** Layers that one set of kernels computes together: a layer with weights and what directly follows it. */
export type Group =
  | {
      readonly kind: 'convolution';
      readonly layer: Conv2DLayer;
      readonly relu: boolean;
      /** A 2x2 max pool follows the ReLU. */
      readonly pool: boolean;
      readonly input: string;
      /** The name of the last layer in the group: only its output exists. */
      readonly output: string;
    }
  | {
      readonly kind: 'dense';
      readonly layer: DenseLayer;
      readonly relu: boolean;
      readonly input: string;
      readonly output: string;
    }
  | {
      readonly kind: 'norm';
      readonly layer: BatchNormLayer;
      readonly relu: boolean;
      readonly input: string;
      readonly output: string;
    }
  | { readonly kind: 'single'; readonly layer: SingleLayer; readonly output: string };

/** A layer that is computed by itself. */
export type SingleLayer = Exclude<Layer, Conv2DLayer | DenseLayer | BatchNormLayer>;

/** Splits a network into groups, in its order. */
export function groupLayers(network: Network, shapes: Shapes): readonly Group[] {
  const readers = new Map<string, Layer[]>();
  for (const layer of network.layers) {
    for (const input of layer.inputs) readers.set(input, [...(readers.get(input) ?? []), layer]);
  }
  const onlyReader = (name: string): Layer | undefined => {
    const all = readers.get(name) ?? [];
    return all.length === 1 ? all[0] : undefined;
  };
  const taken = new Set<string>();
  const groups: Group[] = [];
  for (const layer of network.layers) {
    if (taken.has(layer.name)) continue;
    if (layer.kind !== 'conv2d' && layer.kind !== 'dense' && layer.kind !== 'batchNorm') {
      groups.push({ kind: 'single', layer, output: layer.name });
      continue;
    }
    const next = onlyReader(layer.name);
    const relu = next?.kind === 'relu' ? next : undefined;
    const input = layer.inputs[0];
    if (layer.kind === 'dense') {
      groups.push({ kind: 'dense', layer, relu: relu !== undefined, input, output: relu?.name ?? layer.name });
    } else if (layer.kind === 'batchNorm') {
      groups.push({ kind: 'norm', layer, relu: relu !== undefined, input, output: relu?.name ?? layer.name });
    } else {
      const after = relu === undefined ? undefined : onlyReader(relu.name);
      const pool = after?.kind === 'maxPool' && canFusePool(layer, after, shapes) ? after : undefined;
      const output = pool?.name ?? relu?.name ?? layer.name;
      groups.push({ kind: 'convolution', layer, relu: relu !== undefined, pool: pool !== undefined, input, output });
      if (pool !== undefined) taken.add(pool.name);
    }
    if (relu !== undefined) taken.add(relu.name);
  }
  return groups;
}

/** The fused kernels pool 2x2 pixels without overlap, whole panels of channels at a time. */
function canFusePool(convolution: Conv2DLayer, pool: PoolLayer, shapes: Shapes): boolean {
  const [height, width] = lookUp(shapes, convolution.name);
  const whole = pool.padding === 'valid' || (height % 2 === 0 && (width ?? 1) % 2 === 0);
  return [...pool.pool, ...pool.strides].every((side) => side === 2) && whole && convolution.filters % 8 === 0;
}
