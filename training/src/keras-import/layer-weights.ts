import type { Tensor } from '../models/index.js';
import { invalid } from './errors.js';
import type { KerasLayer } from './keras-graph.js';

/** Finds the weights of layers among those of a model, by their names. */
export class LayerWeights {
  readonly #weights: ReadonlyMap<string, Tensor>;
  readonly #source: string;

  /** @param source path of the model.json, for messages */
  constructor(weights: ReadonlyMap<string, Tensor>, source: string) {
    // Keras' own files count a weight's outputs behind a colon.
    this.#weights = new Map([...weights].map(([name, tensor]) => [name.replace(/:\d+$/, ''), tensor]));
    this.#source = source;
  }

  /**
   * A layer's weight: `layer/part`, in Keras 3 and in models within models with more before it.
   *
   * @param parts what the weight may be called
   * @throws InkError INK_CONVERT_INVALID where there is none of this shape, or several fit
   */
  find(layer: KerasLayer, parts: readonly string[], shape: readonly number[]): Tensor {
    const names = this.#namesOf(layer, parts);
    const what = `the weight "${layer.path}/${parts[0]}"`;
    const [name] = names;
    const tensor = this.#weights.get(name ?? '');
    if (tensor === undefined) throw invalid(this.#source, `${what} is missing`);
    if (names.length > 1) throw invalid(this.#source, `${what} may be any of ${names.join(', ')}`);
    if (tensor.shape.join() !== shape.join()) {
      throw invalid(this.#source, `${what} has the shape [${tensor.shape}] instead of [${shape}]`);
    }
    return tensor;
  }

  #namesOf({ name, path }: KerasLayer, parts: readonly string[]): readonly string[] {
    const endings = [path, name].map((owner) => parts.map((part) => `/${owner}/${part}`));
    const found = endings.map((any) =>
      [...this.#weights.keys()].filter((key) => any.some((end) => `/${key}`.endsWith(end))),
    );
    return found.find((names) => names.length > 0) ?? [];
  }
}
