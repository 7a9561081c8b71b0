import { InkError } from '@inkcast/shared/errors';
import type { Layer, PoolLayer, Size2D, UpsampleLayer } from './layer.js';
import type { Network } from './network.js';
import { windowGeometry } from './window.js';

/** Height, width and channels of a map, or the units of a vector; the batch is not part of a shape. */
export type Shape = readonly [height: number, width: number, channels: number] | readonly [units: number];

/** The output shape of every layer by its name, in the network's order. */
export type Shapes = ReadonlyMap<string, Shape>;

type MapShape = Extract<Shape, { readonly length: 3 }>;

const invalid = (layer: { readonly name: string }, reason: string): InkError =>
  new InkError('INK_GRAPH_INVALID', `Layer "${layer.name}" ${reason}.`);

const show = (shape: readonly number[]): string => shape.join('x');
const isWhole = (value: number): boolean => Number.isInteger(value) && value > 0;
const isMap = (shape: Shape): shape is MapShape => shape.length === 3;

/**
 * Checks a network and tells the shape of every layer's output.
 *
 * @throws InkError INK_GRAPH_INVALID, naming the layer: no single input at the front, a name used twice or holding "/",
 *   a layer read before it exists or never read, a wrong number of inputs, shapes that do not fit, a setting out of range
 */
export function inferShapes(network: Network): Shapes {
  const shapes = new Map<string, Shape>();
  const unread = new Set<string>();
  const first = network.layers[0];
  if (first?.kind !== 'input') {
    throw new InkError('INK_GRAPH_INVALID', `Network "${network.name}" does not begin with an input layer.`);
  }
  for (const layer of network.layers) {
    if (layer.name === '' || layer.name.includes('/')) throw invalid(layer, 'needs a name, and one without "/"');
    if (shapes.has(layer.name)) throw invalid(layer, 'has the name of an earlier layer');
    if (layer.kind === 'input' && layer !== first) throw invalid(layer, 'is a second input');
    const inputs = layer.inputs.map((name) => {
      const shape = shapes.get(name);
      if (shape === undefined) throw invalid(layer, `reads "${name}", which no earlier layer is called`);
      unread.delete(name);
      return shape;
    });
    const shape = layerShape(layer, inputs);
    if (!shape.every(isWhole)) throw invalid(layer, `would have an output of ${show(shape)}`);
    shapes.set(layer.name, shape);
    unread.add(layer.name);
  }
  for (const layer of network.layers.slice(0, -1)) {
    if (unread.has(layer.name)) throw invalid(layer, 'is read by no other and is not the last');
  }
  return shapes;
}

/** The shape of one layer's output, from those of the layers it reads; throws as `inferShapes` does. */
export function layerShape(layer: Layer, inputs: readonly Shape[]): Shape {
  switch (layer.kind) {
    case 'input':
      if (inputs.length > 0) throw invalid(layer, 'is an input and reads others');
      return layer.shape;
    case 'add':
      return sumShape(layer, inputs);
    case 'multiply':
      return productShape(layer, inputs);
    case 'concat':
      return concatShape(layer, inputs);
    default:
      return unaryShape(layer, only(layer, inputs));
  }
}

type UnaryLayer = Exclude<Layer, { readonly kind: 'input' }>;

function unaryShape(layer: UnaryLayer, input: Shape): Shape {
  switch (layer.kind) {
    case 'conv2d':
      if (!isWhole(layer.filters)) throw invalid(layer, `has ${layer.filters} filters`);
      return windowShape(layer, layer.kernel, input, layer.filters);
    case 'depthwiseConv2d':
      return windowShape(layer, layer.kernel, input);
    case 'maxPool':
    case 'averagePool':
      return windowShape(layer, layer.pool, input);
    case 'globalAveragePool':
      return [1, 1, asMap(layer, input)[2]];
    case 'upsample':
      return enlargedShape(layer, asMap(layer, input));
    case 'dense':
      if (!isWhole(layer.units)) throw invalid(layer, `has ${layer.units} units`);
      if (input.length !== 1) throw invalid(layer, `needs a vector and reads ${show(input)}; put a flatten before it`);
      return [layer.units];
    case 'softmax':
      if (input.length !== 1) throw invalid(layer, `needs a vector and reads ${show(input)}; put a flatten before it`);
      return input;
    case 'flatten':
      return [input.reduce((product, size) => product * size, 1)];
    case 'dropout':
      if (!(layer.rate >= 0 && layer.rate < 1)) throw invalid(layer, `has a rate of ${layer.rate}, outside [0, 1)`);
      return input;
    case 'batchNorm':
      if (!(layer.epsilon > 0)) throw invalid(layer, `has an epsilon of ${layer.epsilon}, which must be above 0`);
      if (!(layer.momentum >= 0 && layer.momentum < 1)) {
        throw invalid(layer, `has a momentum of ${layer.momentum}, outside [0, 1)`);
      }
      return input;
    default:
      return input;
  }
}

function only(layer: Layer, inputs: readonly Shape[]): Shape {
  const [input] = inputs;
  if (input === undefined || inputs.length !== 1) throw invalid(layer, `reads ${inputs.length} layers instead of one`);
  return input;
}

function several(layer: Layer, inputs: readonly Shape[]): readonly [Shape, ...Shape[]] {
  const [first, ...rest] = inputs;
  if (first === undefined || rest.length === 0) throw invalid(layer, 'needs two layers or more to read');
  return [first, ...rest];
}

function asMap(layer: Layer, shape: Shape): MapShape {
  if (!isMap(shape)) throw invalid(layer, `needs a map (height, width, channels) and reads ${show(shape)}`);
  return shape;
}

function windowShape(
  layer: Exclude<UnaryLayer, { readonly kind: 'dense' }> & Pick<PoolLayer, 'strides' | 'padding'>,
  window: Size2D,
  input: Shape,
  channels?: number,
): Shape {
  const [height, width, depth] = asMap(layer, input);
  if (![...window, ...layer.strides].every(isWhole)) {
    throw invalid(layer, `has a window of ${window.join('x')} and strides of ${layer.strides.join('x')}`);
  }
  const { rows, columns } = windowGeometry([height, width], window, layer.strides, layer.padding);
  if (rows.output < 1 || columns.output < 1) {
    throw invalid(layer, `has a window of ${window.join('x')}, larger than the ${show(input)} it reads`);
  }
  return [rows.output, columns.output, channels ?? depth];
}

function enlargedShape(layer: UpsampleLayer, [height, width, channels]: MapShape): Shape {
  const { factor } = layer;
  if (!(isWhole(factor) && factor >= 2))
    throw invalid(layer, `has a factor of ${factor}, not a whole number from 2 on`);
  return [height * factor, width * factor, channels];
}

function sumShape(layer: Layer, inputs: readonly Shape[]): Shape {
  const [first, ...rest] = several(layer, inputs);
  for (const other of rest) {
    if (show(other) !== show(first)) throw invalid(layer, `adds ${show(first)} and ${show(other)}`);
  }
  return first;
}

function productShape(layer: Layer, inputs: readonly Shape[]): Shape {
  const [map, gate, ...rest] = several(layer, inputs);
  if (rest.length > 0 || gate === undefined) throw invalid(layer, 'multiplies more than two layers');
  const gates = isMap(map) && isMap(gate) && gate[0] === 1 && gate[1] === 1 && gate[2] === map[2];
  if (!gates && show(map) !== show(gate)) throw invalid(layer, `multiplies ${show(map)} by ${show(gate)}`);
  return map;
}

function concatShape(layer: Layer, inputs: readonly Shape[]): Shape {
  const [first, ...rest] = several(layer, inputs);
  const places = show(first.slice(0, -1));
  let channels = first.at(-1) ?? 0;
  for (const other of rest) {
    if (other.length !== first.length || show(other.slice(0, -1)) !== places) {
      throw invalid(layer, `joins ${show(first)} and ${show(other)}, which differ in more than their channels`);
    }
    channels += other.at(-1) ?? 0;
  }
  return isMap(first) ? [first[0], first[1], channels] : [channels];
}
