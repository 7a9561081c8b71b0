import { InkError } from '@inkcast/shared/errors';
import type { TfliteModel } from '@inkcast/shared/tflite-file';
import { inferShapes, type Network, type Parameters } from '../models/index.js';
import { GraphBuilder } from '../tflite/index.js';
import type { ConversionContext } from './conversion-context.js';
import { convertWeighted } from './convert-weighted.js';
import { type FoldedLayer, foldNetwork } from './fold-network.js';

/** The key under which TensorFlow's own converter writes the signature of a model with one. */
const SIGNATURE = 'serving_default';

export interface ConversionOptions {
  /** Lets the runtime change the number of pictures per call. Default false, because the Edge TPU needs fixed shapes. */
  readonly variableBatch?: boolean;
}

/**
 * The network as a float32 TensorFlow Lite graph: batch normalisations are folded, activations are fused, dropouts are
 * removed. Each tensor has the name of the layer whose output it contains.
 *
 * @throws InkError INK_GRAPH_INVALID, INK_CHECKPOINT_INVALID, or INK_TFLITE_UNSUPPORTED naming the layer
 */
export function convertNetwork(network: Network, parameters: Parameters, options: ConversionOptions = {}): TfliteModel {
  const { variableBatch = false } = options;
  const shapes = inferShapes(network);
  const graph = new GraphBuilder();
  const tensors = new Map<string, number>();
  const context: ConversionContext = {
    graph,
    shapes,
    tensorOf: (name) => tensors.get(name) ?? fail(name, 'is read before it is computed'),
    output: (name, shape) =>
      graph.tensor({
        name,
        type: 'float32',
        shape: [1, ...shape],
        ...(variableBatch ? { shapeSignature: [-1, ...shape] } : {}),
      }),
    reshaped: (name, input, shape) => {
      const output = context.output(name, shape);
      const newShape = [variableBatch ? -1 : 1, ...shape];
      const target = graph.ints(`${name}/shape`, [newShape.length], Int32Array.from(newShape));
      graph.operator({ kind: 'reshape', inputs: [input, target], outputs: [output], newShape });
      return output;
    },
  };
  const folded = foldNetwork(network, parameters);
  for (const layer of folded) tensors.set(layer.name, convertLayer(layer, context));
  const last = folded[folded.length - 1].name;
  const [input, output] = [context.tensorOf(folded[0].name), context.tensorOf(last)];
  const outputName = shapes.get(last)?.length === 1 ? 'probabilities' : 'map';
  return graph.build({
    name: network.name,
    description: `Inkcast ${network.name}`,
    inputs: [input],
    outputs: [output],
    signatures: [{ key: SIGNATURE, inputs: new Map([['image', input]]), outputs: new Map([[outputName, output]]) }],
  });
}

/** Adds a layer's operators. @returns the tensor that holds its output */
function convertLayer(folded: FoldedLayer, context: ConversionContext): number {
  const { graph, shapes } = context;
  const { layer, name, activation } = folded;
  const shape = shapes.get(name) ?? fail(name, 'has no shape');
  if (folded.weights !== undefined) return convertWeighted(folded, context, shape);
  const inputs = folded.inputs.map(context.tensorOf);
  if (layer.kind === 'flatten') return context.reshaped(name, inputs[0], shape);
  const output = context.output(name, shape);
  const base = { inputs, outputs: [output] };
  switch (layer.kind) {
    case 'input':
      break;
    case 'maxPool':
    case 'averagePool': {
      const kind = layer.kind === 'maxPool' ? 'maxPool2d' : 'averagePool2d';
      const { padding, strides, pool } = layer;
      graph.operator({ ...base, kind, padding, strides, filter: pool, activation });
      break;
    }
    case 'globalAveragePool': {
      const axes = graph.ints(`${name}/axes`, [2], Int32Array.of(1, 2));
      graph.operator({ ...base, kind: 'mean', inputs: [...inputs, axes], keepDims: true });
      break;
    }
    case 'upsample': {
      const size = graph.ints(`${name}/size`, [2], Int32Array.from(shape.slice(0, 2)));
      graph.operator({ ...base, kind: 'resizeNearestNeighbor', inputs: [...inputs, size] });
      break;
    }
    case 'add':
      convertSum(inputs, output, folded, context);
      break;
    case 'multiply':
      graph.operator({ ...base, kind: 'mul', activation });
      break;
    case 'concat':
      graph.operator({ ...base, kind: 'concatenation', axis: shape.length, activation });
      break;
    case 'softmax':
      graph.operator({ ...base, kind: 'softmax', beta: 1 });
      break;
    case 'sigmoid':
      graph.operator({ ...base, kind: 'logistic' });
      break;
    case 'relu':
    case 'relu6':
    case 'hardSwish':
      graph.operator({ ...base, kind: layer.kind });
      break;
    default:
      fail(name, 'cannot be written');
  }
  return output;
}

/** ADD takes two inputs: more are added one after the other. */
function convertSum(inputs: readonly number[], output: number, folded: FoldedLayer, context: ConversionContext): void {
  const shape = context.shapes.get(folded.name) ?? fail(folded.name, 'has no shape');
  const [first, ...rest] = inputs;
  rest.reduce((sum, input, index) => {
    const isLast = index === rest.length - 1;
    const target = isLast ? output : context.output(`${folded.name}/sum${index + 1}`, shape);
    const activation = isLast ? folded.activation : 'none';
    context.graph.operator({ kind: 'add', inputs: [sum, input], outputs: [target], activation });
    return target;
  }, first);
}

function fail(layer: string, reason: string): never {
  throw new InkError('INK_TFLITE_UNSUPPORTED', `Layer "${layer}" ${reason}.`);
}
