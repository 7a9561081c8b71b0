import type {
  ConcatenationOperator,
  ElementwiseOperator,
  FusedActivation,
  MeanOperator,
  PoolOperator,
  TfliteOperator,
} from '@inkcast/shared/tflite-file';
import type { Tensor } from '../models/index.js';
import type { Value } from '../network-assembly/index.js';
import type { Translation } from './translation.js';

/** The activation that is fused into an operator, as a layer after it. */
export function activated(of: Translation, value: Value, activation: FusedActivation): Value {
  return activation === 'none' ? value : of.network.add(`${of.name}_${activation}`, { kind: activation }, [value]);
}

export function pool(of: Translation<PoolOperator>): Value {
  const { kind, filter, strides, padding, activation } = of.operator;
  const place = { kind: kind === 'maxPool2d' ? 'maxPool' : 'averagePool', pool: filter, strides, padding } as const;
  return activated(of, of.network.add(of.name, place, [of.exact(0)]), activation);
}

/** A mean over rows and columns. */
export function mean(of: Translation<MeanOperator>): Value {
  const map = of.exact(0);
  const axes = [...of.weights(1).data].map((axis) => (axis < 0 ? axis + map.shape.length + 1 : axis)).sort();
  if (axes.join() !== '1,2' || map.shape.length !== 3) of.refuse(`reduces the axes ${axes.join(', ')}`);
  const pooled = of.network.add(of.name, { kind: 'globalAveragePool' }, [map]);
  return { ...pooled, shape: of.shape };
}

/** The same values in another shape. */
export function reshape(of: Translation): Value {
  const value = of.value(0);
  if (value.border !== undefined) of.refuse('reads zero padding that no convolution takes in');
  if (of.output.shape[0] !== 1) of.refuse(`gives the shape [${of.output.shape}], without a batch of one`);
  return { ...value, shape: of.shape };
}

/** Zeros around a map, for the convolution behind it. */
export function pad(of: Translation): Value {
  const value = of.exact(0);
  const [batch, rows, columns, channels] = pairs(of.weights(1));
  const outside = [...(batch ?? []), ...(channels ?? [])];
  if (rows === undefined || columns === undefined || outside.some((count) => count !== 0)) {
    return of.refuse('pads more than rows and columns');
  }
  return { ...value, shape: of.shape, border: [rows, columns] };
}

const pairs = ({ data }: Tensor): readonly (readonly [number, number])[] =>
  Array.from({ length: data.length / 2 }, (_, index) => [data[2 * index], data[2 * index + 1]] as const);

/** A sum or product of two values, or of a value and constants for its channels. */
export function elementwise(of: Translation<ElementwiseOperator>): Value {
  const { kind, activation } = of.operator;
  const constants = [of.constant(0), of.constant(1)];
  const at = constants.findIndex((constant) => constant !== undefined);
  const constant = constants[at];
  if (constant === undefined) {
    const layer = { kind: kind === 'add' ? 'add' : 'multiply' } as const;
    return activated(of, of.network.add(of.name, layer, inputsOf(of)), activation);
  }
  const value = of.value(1 - at);
  const { data } = constant;
  if (data.length === 1 && activation === 'none' && value.border === undefined) {
    const { scale, offset } = value.affine ?? { scale: 1, offset: 0 };
    const affine =
      kind === 'add' ? { scale, offset: offset + data[0] } : { scale: scale * data[0], offset: offset * data[0] };
    return { ...value, affine };
  }
  const exact = of.exact(1 - at);
  const isPerChannel =
    data.length === 1 || (data.length === exact.shape.at(-1) && constant.shape.at(-1) === data.length);
  if (!isPerChannel) of.refuse(`has constants of the shape [${constant.shape}]`);
  const scaled =
    kind === 'add' ? of.network.scaled(exact, [1], data, of.name) : of.network.scaled(exact, data, [0], of.name);
  return activated(of, scaled, activation);
}

/** Our `multiply` expects a map of one pixel behind the map that it is multiplied over. */
function inputsOf(of: Translation): readonly Value[] {
  const [first, second] = [of.exact(0), of.exact(1)];
  const size = ({ shape }: Value): number => shape.reduce((product, side) => product * side, 1);
  return size(first) < size(second) ? [second, first] : [first, second];
}

export function concatenation(of: Translation<ConcatenationOperator>): Value {
  const { axis, inputs, activation } = of.operator;
  const rank = of.output.shape.length;
  if (axis !== -1 && axis !== rank - 1) of.refuse(`joins the axis ${axis}`);
  const joined = inputs.map((_, index) => of.exact(index));
  return activated(of, of.network.add(of.name, { kind: 'concat' }, joined), activation);
}

/** An enlargement by the nearest neighbour. */
export function resize(of: Translation): Value {
  const map = of.exact(0);
  const [height, width] = map.shape;
  const factor = of.shape[0] / height;
  if (factor !== of.shape[1] / width) of.refuse(`turns ${height}x${width} into ${of.shape.slice(0, 2).join('x')}`);
  return factor === 1 ? map : of.network.add(of.name, { kind: 'upsample', factor }, [map]);
}

/** A softmax over a vector, or over a map of one pixel. */
export function softmax(of: Translation<Extract<TfliteOperator, { readonly kind: 'softmax' }>>): Value {
  const value = of.value(0);
  const [channels] = value.shape.slice(-1);
  if (value.shape.slice(0, -1).some((side) => side !== 1)) of.refuse('is a softmax over a map');
  const vector = of.network.exact({ ...value, shape: [channels] }, of);
  const { beta } = of.operator;
  const input = beta === 1 ? vector : of.network.scaled(vector, [beta], [0]);
  return { ...of.network.add(of.name, { kind: 'softmax' }, [input]), shape: value.shape };
}
