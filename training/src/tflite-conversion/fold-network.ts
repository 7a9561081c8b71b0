import type { FusedActivation } from '@inkcast/shared/tflite-file';
import type { Layer, Network, Parameters } from '../models/index.js';
import { affineAsDepthwise, channelAffine, foldAffine, parameter, type Weights } from './weights.js';

/** Layers with weights, which can absorb the batch normalisation behind them. */
export type WeightedLayer = Extract<Layer, { readonly kind: 'conv2d' | 'depthwiseConv2d' | 'dense' | 'batchNorm' }>;
/** Layers that remain. A dropout is removed. */
export type PlainFoldedLayer = Exclude<Layer, WeightedLayer | { readonly kind: 'dropout' }>;

interface FoldedBase {
  /** The last layer that became part of it: what it computes is that layer's output. */
  readonly name: string;
  /** The names of the folded layers that it reads. */
  readonly inputs: readonly string[];
  readonly activation: FusedActivation;
}

/** A future operator: a layer with the following layers that became part of it. */
export type FoldedLayer =
  | (FoldedBase & { readonly layer: WeightedLayer; readonly weights: Weights })
  | (FoldedBase & { readonly layer: PlainFoldedLayer; readonly weights?: undefined });

/** Kinds whose operator can apply an activation to what it computes; CONCATENATION has the option, its kernel refuses it. */
const FUSING: ReadonlySet<Layer['kind']> = new Set([
  'conv2d',
  'depthwiseConv2d',
  'batchNorm',
  'dense',
  'maxPool',
  'averagePool',
  'add',
  'multiply',
]);

/**
 * Merges batch normalisations into the weights before them, and activations into the operators before them, unless another
 * layer reads the value between them. It also removes dropouts. The result computes the same, with one operator per layer.
 *
 * @throws InkError INK_CHECKPOINT_INVALID where a parameter is missing
 */
export function foldNetwork(network: Network, parameters: Parameters): readonly FoldedLayer[] {
  const readers = countReaders(network);
  const folded: FoldedLayer[] = [];
  /** Place in `folded` of what computes a layer's output. */
  const places = new Map<string, number>();
  /** Layers whose output nothing but the next layer reads, all the way from where it is computed. */
  const isPrivate = new Set<string>();
  for (const layer of network.layers) {
    const place = places.get(layer.inputs[0] ?? '');
    const before = place === undefined ? undefined : folded[place];
    const canMerge = isPrivate.has(layer.inputs[0] ?? '');
    const merged = before === undefined ? undefined : merge(before, layer, canMerge, parameters);
    if (place !== undefined && merged !== undefined) {
      folded[place] = merged;
      places.set(layer.name, place);
      if (canMerge && readers.get(layer.name) === 1) isPrivate.add(layer.name);
      continue;
    }
    if (layer.kind === 'dropout') continue;
    places.set(layer.name, folded.length);
    if (readers.get(layer.name) === 1) isPrivate.add(layer.name);
    folded.push({ ...single(layer, parameters), inputs: layer.inputs, name: layer.name, activation: 'none' });
  }
  const nameNow = (input: string): string => folded[places.get(input) ?? 0].name;
  return folded.map((entry) => ({ ...entry, inputs: entry.inputs.map(nameNow) }));
}

/** `before` with `layer` in it, or nothing where the layer has to stand by itself. */
function merge(before: FoldedLayer, layer: Layer, canMerge: boolean, parameters: Parameters): FoldedLayer | undefined {
  if (layer.kind === 'dropout') return before;
  if (!canMerge || before.activation !== 'none') return undefined;
  if (layer.kind === 'batchNorm' && before.weights !== undefined) {
    return { ...before, name: layer.name, weights: foldAffine(before.weights, channelAffine(layer, parameters)) };
  }
  if ((layer.kind === 'relu' || layer.kind === 'relu6') && FUSING.has(before.layer.kind)) {
    return { ...before, name: layer.name, activation: layer.kind };
  }
  return undefined;
}

type Single =
  | { readonly layer: WeightedLayer; readonly weights: Weights }
  | { readonly layer: PlainFoldedLayer; readonly weights?: undefined };

function single(layer: WeightedLayer | PlainFoldedLayer, parameters: Parameters): Single {
  switch (layer.kind) {
    case 'batchNorm':
      return { layer, weights: affineAsDepthwise(channelAffine(layer, parameters)) };
    case 'conv2d':
    case 'depthwiseConv2d':
    case 'dense': {
      const kernel = parameter(parameters, layer, 'kernel');
      const channels = layer.kind === 'depthwiseConv2d' ? kernel.shape[2] : (kernel.shape.at(-1) ?? 0);
      const bias = layer.bias ? parameter(parameters, layer, 'bias').data : new Float32Array(channels);
      return { layer, weights: { kernel, bias } };
    }
    default:
      return { layer };
  }
}

function countReaders({ layers }: Network): ReadonlyMap<string, number> {
  const readers = new Map<string, number>();
  for (const name of layers.flatMap((layer) => layer.inputs)) readers.set(name, (readers.get(name) ?? 0) + 1);
  return readers;
}
