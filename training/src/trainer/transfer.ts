import { InkError } from '@inkcast/shared/errors';
import type { TrainedNetwork } from '../checkpoint/portable/index.js';
import { type DenseLayer, type Layer, type Network, type Parameters, parameterSpecs } from '../models/index.js';

/** A network for fine-tuning, and its initial weights from the trained network. */
export interface Transfer {
  readonly network: Network;
  readonly parameters: Parameters;
}

/**
 * A trained network for other classes: the same layers, but an output layer with new weights. If the classes are the same,
 * the output layer is kept too.
 *
 * @throws InkError INK_GRAPH_INVALID where the network does not end in a dense layer and a softmax
 */
export function transferTo(base: TrainedNetwork, classes: readonly string[]): Transfer {
  if (base.labels.join('\n') === classes.join('\n')) return base;
  const output = outputLayer(base.network);
  const layers = base.network.layers.map(
    (layer): Layer => (layer === output ? { ...output, units: classes.length } : layer),
  );
  const parameters = [...base.parameters].filter(([name]) => !name.startsWith(`${output.name}/`));
  return { network: { ...base.network, layers }, parameters: new Map(parameters) };
}

/**
 * Names of the layers to freeze: those named, and the first `depth` of those that have weights.
 *
 * @throws InkError INK_GRAPH_INVALID naming a layer that is not there, or where none would be left to train
 */
export function layersToFreeze(network: Network, names: readonly string[], depth: number): readonly string[] {
  const weighted = [...new Set(parameterSpecs(network).map(({ layer }) => layer))];
  const unknown = names.find((name) => !weighted.includes(name));
  if (unknown !== undefined) {
    const reason = `There is no layer "${unknown}" with weights to freeze; there are ${weighted.join(', ')}.`;
    throw new InkError('INK_GRAPH_INVALID', reason);
  }
  const frozen = weighted.filter((name, index) => index < depth || names.includes(name));
  if (frozen.length === weighted.length) {
    throw new InkError('INK_GRAPH_INVALID', `All ${weighted.length} layers with weights would be frozen.`);
  }
  return frozen;
}

function outputLayer({ name, layers }: Network): DenseLayer {
  const last = layers.at(-1);
  const before = layers.find((layer) => layer.name === last?.inputs[0]);
  if (last?.kind !== 'softmax' || before?.kind !== 'dense') {
    throw new InkError('INK_GRAPH_INVALID', `The network "${name}" does not end in a dense layer and a softmax.`);
  }
  return before;
}
