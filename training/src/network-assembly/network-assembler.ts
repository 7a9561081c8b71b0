import {
  inferShapes,
  type Layer,
  type LayerKind,
  layerShape,
  type Network,
  type Padding,
  type Parameters,
  type Shape,
  type Size2D,
  type Tensor,
  windowGeometry,
} from '../models/index.js';

/** The part of a foreign model that is being converted, such as a layer. */
export interface Converted {
  /** @throws InkError INK_CONVERT_UNSUPPORTED always, naming it. @param reason completes "Layer x (Conv2D) ..." */
  refuse(reason: string): never;
}

type Placeless<Of> = Of extends Layer ? Omit<Of, 'name' | 'inputs'> : never;
/** A layer without its place in the network. */
export type NewLayer = Placeless<Layer>;

/** y = scale * x + offset. */
interface Affine {
  readonly scale: number;
  readonly offset: number;
}

/** Rows above and below, columns to the left and right. */
export type Border = readonly [readonly [number, number], readonly [number, number]];

/**
 * The conversion of a foreign layer's output. A layer that only changes a shape adds no layer: the order of the values does
 * not change, so only the new shape is recorded, and applied when another layer needs it.
 */
export interface Value {
  /** The layer that computes it. */
  readonly layer: string;
  /** The shape that the foreign model gives it, without the batch. */
  readonly shape: readonly number[];
  /** A scaling that the next layer has to apply. */
  readonly affine?: Affine | undefined;
  /** A zero padding that the next layer has to apply. */
  readonly border?: Border | undefined;
}

const isIdentity = ({ scale, offset }: Affine): boolean => Math.abs(scale - 1) < 1e-6 && Math.abs(offset) < 1e-6;

/** Epsilon of a normalisation that only scales and shifts. Its variance compensates for it. */
const EPSILON = 1e-3;
const MOMENTUM = 0.9;

/** Builds a network from the converted layers of a foreign model. */
export class NetworkAssembler {
  readonly #layers: Layer[] = [];
  readonly #shapes = new Map<string, Shape>();
  readonly #parameters = new Map<string, Tensor>();

  /**
   * Adds a layer with this name, or a similar one if the name is in use.
   *
   * @throws InkError INK_GRAPH_INVALID where it does not fit those it reads
   */
  add(name: string, place: NewLayer, inputs: readonly Value[], weights: Readonly<Record<string, Tensor>> = {}): Value {
    const own = this.#freeName(name);
    const layer: Layer = { ...place, name: own, inputs: inputs.map((input) => input.layer) };
    const shape = layerShape(
      layer,
      inputs.map((input) => this.#shapeOf(input)),
    );
    this.#layers.push(layer);
    this.#shapes.set(own, shape);
    for (const [part, tensor] of Object.entries(weights)) this.#parameters.set(`${own}/${part}`, tensor);
    return { layer: own, shape };
  }

  /** The value as the output of one layer. @param reader names the layer in the error if this is not possible */
  exact(value: Value, reader: Converted): Value {
    if (value.border !== undefined) reader.refuse('reads zero padding that no convolution takes in');
    const ours = this.#shapeOf(value);
    const { affine } = value;
    const isDone = affine === undefined || isIdentity(affine);
    const plain = isDone ? { layer: value.layer, shape: ours } : this.scaled(value, [affine.scale], [affine.offset]);
    if (value.shape.join() === ours.join()) return plain;
    if (value.shape.length === 1) return this.add(`${plain.layer}_flat`, { kind: 'flatten' }, [plain]);
    return reader.refuse(`reads ${ours.join('x')} in the shape ${value.shape.join('x')}, which no layer can give it`);
  }

  /**
   * scale * x + offset, as a normalisation. `value.affine` is not considered.
   *
   * @param scale of each channel, or one for all. @param offset likewise
   */
  scaled(value: Value, scale: ArrayLike<number>, offset: ArrayLike<number>, name = `${value.layer}_scaled`): Value {
    const shape = this.#shapeOf(value);
    const channels = shape.at(-1) ?? 0;
    const each = (values: ArrayLike<number>): Tensor => ({
      shape: [channels],
      data: Float32Array.from({ length: channels }, (_, channel) => values[values.length === 1 ? 0 : channel]),
    });
    const normalization = { kind: 'batchNorm', epsilon: EPSILON, momentum: MOMENTUM } as const;
    return this.add(name, normalization, [{ layer: value.layer, shape }], {
      gamma: each(scale),
      beta: each(offset),
      movingMean: each([0]),
      movingVariance: each([1 - EPSILON]),
    });
  }

  /** The map without its zero padding, and the padding of the window that replaces it. */
  padded(
    value: Value,
    window: { readonly kernel: Size2D; readonly strides: Size2D },
    reader: Converted,
  ): { readonly map: Value; readonly padding: Padding } {
    const { border, ...inner } = value;
    if (border === undefined) return { map: this.exact(inner, reader), padding: 'valid' };
    const [height, width, ...channels] = inner.shape;
    const size = [height - border[0][0] - border[0][1], width - border[1][0] - border[1][1]] as const;
    const { rows, columns } = windowGeometry(size, window.kernel, window.strides, 'same');
    const same = [rows.before, rows.after, columns.before, columns.after];
    if (same.join() !== border.flat().join()) {
      reader.refuse(
        `reads zero padding of ${border.flat().join(', ')}, and can only take in that of "same" (${same.join(', ')})`,
      );
    }
    return { map: this.exact({ ...inner, shape: [...size, ...channels] }, reader), padding: 'same' };
  }

  /** What kind of layer computes a value. */
  kindOf({ layer }: Value): LayerKind | undefined {
    return this.#layers.find(({ name }) => name === layer)?.kind;
  }

  /** @throws InkError INK_GRAPH_INVALID */
  build(name: string): { readonly network: Network; readonly parameters: Parameters } {
    const network = { name, layers: [...this.#layers] };
    inferShapes(network);
    return { network, parameters: this.#parameters };
  }

  #shapeOf({ layer }: Value): Shape {
    return this.#shapes.get(layer) ?? [0];
  }

  /** Makes a valid, unique name: names must not contain "/", and layers of nested models can have the same name. */
  #freeName(name: string): string {
    const plain = name.replaceAll('/', '_');
    let free = plain;
    for (let count = 2; this.#shapes.has(free); count++) free = `${plain}_${count}`;
    return free;
  }
}
