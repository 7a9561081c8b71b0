import type { Tensor } from '../models/index.js';
import { invalid } from '../network-assembly/index.js';
import type { KerasLayer } from './keras-graph.js';
import type { WantedWeight } from './layer-weights.js';

type Tensors = ReadonlyMap<string, Tensor>;

/** Files of Keras append a colon and the number of the output to the name of a weight. */
export const withoutOutput = (weights: Tensors): Tensors =>
  new Map([...weights].map(([name, tensor]) => [name.replace(/:\d+$/, ''), tensor]));

/**
 * The only one of the found weights, checked.
 *
 * @param names of the weights that may be the wanted one
 * @throws InkError INK_CONVERT_INVALID if no weight or several weights of this shape fit
 */
export function pickWeight({
  layer,
  weight,
  names,
  weights,
  source,
}: {
  readonly layer: KerasLayer;
  readonly weight: WantedWeight;
  readonly names: readonly string[];
  readonly weights: Tensors;
  readonly source: string;
}): Tensor {
  const what = `the weight "${layer.path}/${weight.names[0]}"`;
  const tensor = weights.get(names[0] ?? '');
  if (tensor === undefined) throw invalid(source, `${what} is missing`);
  if (names.length > 1) throw invalid(source, `${what} may be any of ${names.join(', ')}`);
  return checkedWeight(tensor, weight.shape, what, source);
}

/** @param what names the weight in the error */
export function checkedWeight(tensor: Tensor, shape: readonly number[], what: string, source: string): Tensor {
  if (tensor.shape.join() === shape.join()) return tensor;
  throw invalid(source, `${what} has the shape [${tensor.shape}] instead of [${shape}]`);
}
