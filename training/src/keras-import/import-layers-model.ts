import { InkError } from '@inkcast/shared/errors';
import type { TrainedNetwork } from '../checkpoint/index.js';
import { ACTIVATIONS } from './activations.js';
import { unsupported } from './errors.js';
import { type KerasGraph, type KerasLayer, kerasGraph } from './keras-graph.js';
import { LayerSettings } from './layer-settings.js';
import { LayerWeights } from './layer-weights.js';
import { readModelJson } from './model-json.js';
import { NetworkAssembler, type Value } from './network-assembler.js';
import { PLAIN_LAYERS } from './plain-layers.js';
import type { Translate } from './translation.js';
import { WEIGHTED_LAYERS } from './weighted-layers.js';

const TRANSLATIONS = new Map<string, Translate>(
  Object.entries({ ...PLAIN_LAYERS, ...WEIGHTED_LAYERS, ...ACTIVATIONS }),
);

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

export interface ImportOptions {
  /** Output index to label. Default: the ten digits. */
  readonly labels?: readonly string[] | undefined;
  /**
   * The model's input values for no ink and for full ink. Default: 0 and 255 if the model scales its input, otherwise 0
   * and 1.
   */
  readonly range?: readonly [number, number] | undefined;
}

export interface ImportedModel {
  readonly trained: TrainedNetwork;
  readonly range: readonly [number, number];
  /** Whether the model's outputs are logits, so that the import added a softmax. */
  readonly addedSoftmax: boolean;
  /** The program that wrote the model.json, as it names itself. */
  readonly generatedBy: string;
}

/**
 * Converts a TensorFlow.js layers model (a model.json with weights in the same folder) into a `Network`, whose input is
 * ink from 0 to 1 and whose outputs are probabilities.
 *
 * @throws InkError INK_CONVERT_UNSUPPORTED naming the first unsupported layer and its setting;
 *   INK_CONVERT_INVALID where the files are damaged, INK_FILE_UNREADABLE, INK_GRAPH_INVALID, INK_USAGE for wrong labels
 */
export async function importLayersModel(path: string, options: ImportOptions = {}): Promise<ImportedModel> {
  const { model, weights, generatedBy } = await readModelJson(path);
  const graph = kerasGraph(model, path);
  const range = options.range ?? (scalesItsInput(graph) ? [0, 255] : [0, 1]);
  const network = new NetworkAssembler();
  const output = translate(graph, { network, weights: new LayerWeights(weights, path), range });
  const addedSoftmax = endWithSoftmax(graph, network, output);
  const built = network.build(graph.name);
  return {
    trained: { ...built, labels: labelsFor(output.shape[0], options.labels) },
    range,
    addedSoftmax,
    generatedBy,
  };
}

function scalesItsInput({ layers }: KerasGraph): boolean {
  const inputs = layers.filter(({ className }) => className === 'InputLayer').map(({ path }) => path);
  return layers.some(({ className, inputs: [read] }) => className === 'Rescaling' && inputs.includes(read ?? ''));
}

interface TranslationContext {
  readonly network: NetworkAssembler;
  readonly weights: LayerWeights;
  readonly range: readonly [number, number];
}

/** @returns the model's output, a vector */
function translate({ layers, output }: KerasGraph, context: TranslationContext): Value {
  const values = new Map<string, Value>();
  for (const layer of layers) {
    const settings = new LayerSettings(layer);
    const translation = TRANSLATIONS.get(layer.className) ?? settings.refuse('is of a kind that Inkcast does not have');
    const inputs = layer.inputs.flatMap((input) => values.get(input) ?? []);
    const value = translation({ layer, settings, inputs, ...context });
    values.set(layer.path, layer.path === output ? context.network.exact(value, settings) : value);
  }
  const value = values.get(output);
  if (value === undefined || value.shape.length !== 1)
    throw unsupported('The model does not have one output value per class');
  return value;
}

/** Only the output of a linear layer can be logits. A softmax of anything else would change the meaning of the model. */
function endWithSoftmax({ layers, output }: KerasGraph, network: NetworkAssembler, value: Value): boolean {
  const last = layers.find(({ path }) => path === output);
  const kind = network.kindOf(value);
  if (kind === 'softmax') return false;
  if (last === undefined || kind !== 'dense') {
    throw unsupported(`The model ends with ${describe(last)} instead of a softmax`);
  }
  network.add('softmax', { kind: 'softmax' }, [value]);
  return true;
}

const describe = (layer: KerasLayer | undefined): string =>
  layer === undefined ? 'nothing' : `"${layer.path}" (${layer.className})`;

function labelsFor(outputs: number, labels: readonly string[] | undefined): readonly string[] {
  const all = labels ?? DIGITS;
  if (all.length === outputs) return all;
  const given = labels === undefined ? 'no labels are given' : `${all.length} labels are given`;
  throw new InkError('INK_USAGE', `The model has ${outputs} classes, and ${given}.`, {
    remedy: 'Name the outputs in order with --labels a,b,c.',
  });
}
