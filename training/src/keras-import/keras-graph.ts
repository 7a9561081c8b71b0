import { z } from 'zod';
import { invalid, unsupported } from '../network-assembly/index.js';
import { inboundLayers, referredLayers } from './keras-connections.js';
import { isModel, type SavedLayer, savedLayerSchema, savedName } from './saved-layer.js';

/** One layer of a Keras model. Nested models are flattened. */
export interface KerasLayer {
  /** Its name within its own model. */
  readonly name: string;
  /** The names of the enclosing models, from the outermost on. */
  readonly parents: readonly string[];
  /** These names and its own, joined by slashes: unique. */
  readonly path: string;
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Paths of the layers that it reads. */
  readonly inputs: readonly string[];
}

/** Layers in an order in which each comes after those it reads. */
export interface KerasGraph {
  readonly name: string;
  readonly layers: readonly KerasLayer[];
  /** Path of the layer whose output is the model's. */
  readonly output: string;
}

const modelConfigSchema = z.object({
  name: z.string().min(1).optional(),
  layers: z.array(savedLayerSchema).min(1),
  build_input_shape: z.unknown().optional(),
  input_layers: z.unknown().optional(),
  output_layers: z.unknown().optional(),
});

type ModelConfig = z.infer<typeof modelConfigSchema>;

/**
 * The layers of a saved model as one list.
 *
 * @param source path of the model.json, for messages
 * @throws InkError INK_CONVERT_UNSUPPORTED where the model has several inputs or outputs, or uses a layer twice;
 *   INK_CONVERT_INVALID
 */
export function kerasGraph(model: SavedLayer, source: string): KerasGraph {
  if (!isModel(model)) {
    throw unsupported(`The model is a ${model.class_name}, and only Sequential and Functional models can be converted`);
  }
  const flattening = new Flattening(source);
  const output = flattening.model(model, [], undefined);
  return { name: savedName(model) ?? 'imported', layers: flattening.layers, output };
}

class Flattening {
  readonly layers: KerasLayer[] = [];
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  /**
   * Adds all layers of a model.
   *
   * @param input path of the layer that a nested model reads
   * @returns path of the layer that computes the model's output
   */
  model(model: SavedLayer, parents: readonly string[], input: string | undefined): string {
    // TensorFlow.js before 1.3 saved only the list of a Sequential's layers.
    const config = Array.isArray(model.config) ? { layers: model.config } : model.config;
    const parsed = modelConfigSchema.safeParse(config);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw invalid(this.#source, `at ${[model.class_name, ...issue.path].join('.')}: ${issue.message}`);
    }
    return model.class_name === 'Sequential'
      ? this.#sequential(model, parsed.data, parents, input)
      : this.#functional(parsed.data, parents, input);
  }

  #sequential(
    model: SavedLayer,
    { layers, build_input_shape }: ModelConfig,
    parents: readonly string[],
    input: string | undefined,
  ): string {
    let end = input;
    for (const layer of layers) {
      if (layer.class_name === 'InputLayer' && end !== undefined) continue;
      const needsInput = end === undefined && layer.class_name !== 'InputLayer' && !isModel(layer);
      if (needsInput) {
        // The model or its first layer may contain the shape of the input.
        const built = build_input_shape ?? model.build_config?.input_shape;
        const config = { batch_input_shape: built, ...layer.config };
        end = this.#add({ name: 'input', className: 'InputLayer', config, parents, inputs: [] });
      }
      end = this.#layer(layer, parents, end === undefined ? [] : [end]);
    }
    if (end === undefined) throw invalid(this.#source, 'a Sequential model in it has no layers');
    return end;
  }

  #functional(config: ModelConfig, parents: readonly string[], input: string | undefined): string {
    const byName = new Map(config.layers.map((layer) => [savedName(layer), layer]));
    const done = new Map<string, string>();
    const visiting = new Set<string>();
    const visit = (name: string): string => {
      const known = done.get(name);
      if (known !== undefined) return known;
      const layer = byName.get(name);
      if (layer === undefined) throw invalid(this.#source, `it has no layer "${name}", which another reads`);
      if (visiting.has(name)) throw invalid(this.#source, `the layer "${name}" reads what follows from it`);
      visiting.add(name);
      const inbound = inboundLayers(layer, name);
      const path =
        layer.class_name === 'InputLayer' && input !== undefined
          ? input
          : this.#layer(layer, parents, inbound.map(visit));
      done.set(name, path);
      return path;
    };
    const outputs = referredLayers(config.output_layers);
    const inputs = referredLayers(config.input_layers);
    if (inputs.length > 1)
      throw unsupported(`The model has ${inputs.length} inputs (${inputs.join(', ')}) instead of one`);
    const [output] = outputs;
    if (output === undefined) throw invalid(this.#source, 'a Functional model in it names no output');
    if (outputs.length > 1)
      throw unsupported(`The model has ${outputs.length} outputs (${outputs.join(', ')}) instead of one`);
    return visit(output);
  }

  #layer(layer: SavedLayer, parents: readonly string[], inputs: readonly string[]): string {
    const name = savedName(layer);
    if (name === undefined) throw invalid(this.#source, `a ${layer.class_name} in it has no name`);
    if (isModel(layer)) return this.model(layer, [...parents, name], inputs[0]);
    if (Array.isArray(layer.config)) throw invalid(this.#source, `the settings of "${name}" are a list`);
    return this.#add({ name, className: layer.class_name, config: { ...layer.config }, parents, inputs });
  }

  #add(layer: Omit<KerasLayer, 'path'>): string {
    const path = [...layer.parents, layer.name].join('/');
    if (this.layers.some((other) => other.path === path)) throw invalid(this.#source, `it has two layers "${path}"`);
    this.layers.push({ ...layer, path });
    return path;
  }
}
