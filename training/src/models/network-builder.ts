import type { Layer, LayerKind, Padding, PlainLayer, Size2D } from './layer.js';
import type { Network } from './network.js';
import { inferShapes } from './shapes.js';

/** A square side, or height and width. */
export type SideOrSize = number | Size2D;

export interface ConvOptions {
  readonly name?: string;
  /** Default 1. */
  readonly strides?: SideOrSize;
  /** Default `valid`, as in Keras. */
  readonly padding?: Padding;
  /** Default true. A convolution before a batch normalisation needs no bias. */
  readonly bias?: boolean;
}

export interface PoolOptions {
  readonly name?: string;
  /** Default: the window's size, so that windows do not overlap. */
  readonly strides?: SideOrSize;
  /** Default `valid`. */
  readonly padding?: Padding;
}

export interface BatchNormOptions {
  readonly name?: string;
  /** Default 0.001, as in Keras. */
  readonly epsilon?: number;
  /** Default 0.9: a share that follows within the few hundred steps of a small data set's epoch. */
  readonly momentum?: number;
}

const pair = (side: SideOrSize): Size2D => (typeof side === 'number' ? [side, side] : side);

/** Default names of layers: this word and a number that is unique in the network. */
const STEMS: Record<LayerKind, string> = {
  input: 'input',
  conv2d: 'conv',
  depthwiseConv2d: 'depthwise',
  dense: 'dense',
  batchNorm: 'norm',
  maxPool: 'pool',
  averagePool: 'pool',
  globalAveragePool: 'globalPool',
  upsample: 'upsample',
  dropout: 'dropout',
  add: 'add',
  multiply: 'multiply',
  concat: 'concat',
  flatten: 'flatten',
  relu: 'relu',
  relu6: 'relu6_',
  hardSwish: 'hardSwish',
  sigmoid: 'sigmoid',
  softmax: 'softmax',
};

/**
 * Builds a network layer by layer. Each call appends a layer that reads the one before it; `end` names the layer that
 * the next call will read, and `from` goes back to another for a branch.
 */
export class NetworkBuilder {
  readonly #name: string;
  readonly #layers: Layer[];
  readonly #counts = new Map<string, number>();
  #end = 'input';

  /** @param shape height, width, channels of one picture */
  constructor(name: string, shape: readonly [number, number, number]) {
    this.#name = name;
    this.#layers = [{ kind: 'input', name: 'input', inputs: [], shape }];
  }

  /** The layer that the next call reads. */
  get end(): string {
    return this.#end;
  }

  /** Lets the next call read `layer`. */
  from(layer: string): this {
    this.#end = layer;
    return this;
  }

  conv2d(filters: number, kernel: SideOrSize, options: ConvOptions = {}): this {
    return this.#append({
      kind: 'conv2d',
      filters,
      kernel: pair(kernel),
      strides: pair(options.strides ?? 1),
      padding: options.padding ?? 'valid',
      bias: options.bias ?? true,
      ...this.#place('conv2d', options.name),
    });
  }

  depthwiseConv2d(kernel: SideOrSize, options: ConvOptions = {}): this {
    return this.#append({
      kind: 'depthwiseConv2d',
      kernel: pair(kernel),
      strides: pair(options.strides ?? 1),
      padding: options.padding ?? 'valid',
      bias: options.bias ?? true,
      ...this.#place('depthwiseConv2d', options.name),
    });
  }

  dense(units: number, options: { readonly name?: string; readonly bias?: boolean } = {}): this {
    return this.#append({
      kind: 'dense',
      units,
      bias: options.bias ?? true,
      ...this.#place('dense', options.name),
    });
  }

  batchNorm(options: BatchNormOptions = {}): this {
    return this.#append({
      kind: 'batchNorm',
      epsilon: options.epsilon ?? 0.001,
      momentum: options.momentum ?? 0.9,
      ...this.#place('batchNorm', options.name),
    });
  }

  maxPool(pool: SideOrSize, options: PoolOptions = {}): this {
    return this.#pool('maxPool', pool, options);
  }

  averagePool(pool: SideOrSize, options: PoolOptions = {}): this {
    return this.#pool('averagePool', pool, options);
  }

  /** Enlarges the map by the nearest neighbour. */
  upsample(factor: number, name?: string): this {
    return this.#append({ kind: 'upsample', factor, ...this.#place('upsample', name) });
  }

  dropout(rate: number, name?: string): this {
    return this.#append({ kind: 'dropout', rate, ...this.#place('dropout', name) });
  }

  globalAveragePool(name?: string): this {
    return this.#plain('globalAveragePool', name);
  }

  flatten(name?: string): this {
    return this.#plain('flatten', name);
  }

  relu(name?: string): this {
    return this.#plain('relu', name);
  }

  relu6(name?: string): this {
    return this.#plain('relu6', name);
  }

  hardSwish(name?: string): this {
    return this.#plain('hardSwish', name);
  }

  sigmoid(name?: string): this {
    return this.#plain('sigmoid', name);
  }

  softmax(name?: string): this {
    return this.#plain('softmax', name);
  }

  /** Adds the layer `other` to the current end. */
  add(other: string, name?: string): this {
    return this.#plain('add', name, [other]);
  }

  /** Multiplies the current end, a 1x1 map, over `map`: the map is the first input. */
  multiplyOver(map: string, name?: string): this {
    const place = this.#place('multiply', name);
    return this.#append({ kind: 'multiply', name: place.name, inputs: [map, this.#end] });
  }

  /** Joins the channels of `others`, or their units where they are vectors, behind those of the current end. */
  concat(others: readonly string[], name?: string): this {
    return this.#plain('concat', name, others);
  }

  /** @throws InkError INK_GRAPH_INVALID where the layers do not fit together */
  build(): Network {
    const network: Network = { name: this.#name, layers: [...this.#layers] };
    inferShapes(network);
    return network;
  }

  #pool(kind: 'maxPool' | 'averagePool', pool: SideOrSize, options: PoolOptions): this {
    return this.#append({
      kind,
      pool: pair(pool),
      strides: pair(options.strides ?? pool),
      padding: options.padding ?? 'valid',
      ...this.#place(kind, options.name),
    });
  }

  #plain(kind: PlainLayer['kind'], name: string | undefined, others: readonly string[] = []): this {
    const place = this.#place(kind, name);
    return this.#append({ kind, name: place.name, inputs: [...place.inputs, ...others] });
  }

  #place(kind: LayerKind, name: string | undefined): { readonly name: string; readonly inputs: readonly string[] } {
    if (name !== undefined) return { name, inputs: [this.#end] };
    const stem = STEMS[kind];
    const count = (this.#counts.get(stem) ?? 0) + 1;
    this.#counts.set(stem, count);
    return { name: `${stem}${count}`, inputs: [this.#end] };
  }

  #append(layer: Layer): this {
    this.#layers.push(layer);
    this.#end = layer.name;
    return this;
  }
}
