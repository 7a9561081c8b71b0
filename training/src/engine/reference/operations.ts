import { InkError } from '@inkcast/shared/errors';
import type { Layer, Shape } from '../../models/index.js';
import { activation, softmax } from './activation.js';
import { batchNorm } from './batch-norm.js';
import { conv2d, depthwiseConv2d } from './conv2d.js';
import { dense } from './dense.js';
import { add, concat, dropout, flatten, multiply } from './joining.js';
import type { Operation } from './operation.js';
import { averagePool, globalAveragePool, maxPool } from './pooling.js';
import { upsample } from './upsample.js';

/** Where a layer stands in its network. */
export interface Placement {
  readonly index: number;
  /** The shapes it reads, in order. */
  readonly inputs: readonly Shape[];
  readonly frozen: boolean;
}

type ComputedLayer = Exclude<Layer, { readonly kind: 'input' }>;

const size = (shape: Shape): number => shape.reduce((product, side) => product * side, 1);

/** The arithmetic of one layer, for shapes that `inferShapes` has accepted. */
export function makeOperation(layer: ComputedLayer, { index, inputs, frozen }: Placement): Operation {
  const [input] = inputs;
  switch (layer.kind) {
    case 'conv2d':
      return conv2d(layer, mapShape(layer, input));
    case 'depthwiseConv2d':
      return depthwiseConv2d(layer, mapShape(layer, input));
    case 'dense':
      return dense(layer, [size(input)]);
    case 'batchNorm':
      return batchNorm(layer, input.at(-1) ?? 1, frozen);
    case 'maxPool':
      return maxPool(layer, mapShape(layer, input));
    case 'averagePool':
      return averagePool(layer, mapShape(layer, input));
    case 'globalAveragePool':
      return globalAveragePool(mapShape(layer, input));
    case 'upsample':
      return upsample(layer, mapShape(layer, input));
    case 'add':
      return add;
    case 'multiply':
      return multiply(size(input), size(inputs[1]));
    case 'concat':
      return concat(inputs.map((shape) => shape.at(-1) ?? 1));
    case 'flatten':
      return flatten;
    case 'dropout':
      return dropout(layer, index);
    case 'softmax':
      return softmax(size(input));
    default:
      return activation(layer.kind);
  }
}

function mapShape(layer: Layer, shape: Shape): readonly [number, number, number] {
  if (shape.length === 3) return shape;
  throw new InkError('INK_GRAPH_INVALID', `Layer "${layer.name}" needs a map and reads a vector.`);
}
