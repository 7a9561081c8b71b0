import type { InkRange } from '../evaluation/index.js';
import {
  completeClassifier,
  type ImportedModel,
  type ImportOptions,
  NetworkAssembler,
  unsupported,
  type Value,
} from '../network-assembly/index.js';
import { ACTIVATIONS } from './activations.js';
import { type KerasGraph, type KerasLayer, kerasGraph } from './keras-graph.js';
import { LayerSettings } from './layer-settings.js';
import type { LayerWeights } from './layer-weights.js';
import { PLAIN_LAYERS } from './plain-layers.js';
import { readSavedModel } from './read-saved-model.js';
import type { Translate } from './translation.js';
import { WEIGHTED_LAYERS } from './weighted-layers.js';

const TRANSLATIONS = new Map<string, Translate>(
  Object.entries({ ...PLAIN_LAYERS, ...WEIGHTED_LAYERS, ...ACTIVATIONS }),
);

/**
 * Converts a model of Keras (.h5 or .keras) or a TensorFlow.js layers model (a model.json with weights in the same folder)
 * into a `Network`.
 *
 * @throws InkError INK_CONVERT_UNSUPPORTED naming the first unsupported layer and its setting;
 *   INK_CONVERT_INVALID where the files are damaged, INK_FILE_UNREADABLE, INK_GRAPH_INVALID, INK_USAGE for wrong labels
 */
export async function importKerasModel(path: string, options: ImportOptions = {}): Promise<ImportedModel> {
  const { model, weights, generatedBy, labels } = await readSavedModel(path);
  const graph = kerasGraph(model, path);
  const range = options.range ?? (scalesItsInput(graph) ? [0, 255] : [0, 1]);
  const network = new NetworkAssembler();
  const output = translate(graph, { network, weights, range });
  const last = describe(graph.layers.find(({ path }) => path === graph.output));
  const completed = completeClassifier(network, output, { name: graph.name, last, labels: options.labels ?? labels });
  return { ...completed, range, generatedBy };
}

function scalesItsInput({ layers }: KerasGraph): boolean {
  const inputs = layers.filter(({ className }) => className === 'InputLayer').map(({ path }) => path);
  return layers.some(({ className, inputs: [read] }) => className === 'Rescaling' && inputs.includes(read ?? ''));
}

interface TranslationContext {
  readonly network: NetworkAssembler;
  readonly weights: LayerWeights;
  readonly range: InkRange;
}

/** @returns the model's output */
function translate({ layers, output }: KerasGraph, context: TranslationContext): Value {
  const values = new Map<string, Value>();
  for (const layer of layers) {
    const settings = new LayerSettings(layer);
    const translation = TRANSLATIONS.get(layer.className) ?? settings.refuse('is of a kind that Inkcast does not have');
    const inputs = layer.inputs.flatMap((input) => values.get(input) ?? []);
    const value = translation({ layer, settings, inputs, ...context });
    values.set(layer.path, layer.path === output ? context.network.exact(value, settings) : value);
  }
  return values.get(output) ?? unknownOutput();
}

function unknownOutput(): never {
  throw unsupported('The model does not have one output value per class');
}

const describe = (layer: KerasLayer | undefined): string =>
  layer === undefined ? 'nothing' : `"${layer.path}" (${layer.className})`;
