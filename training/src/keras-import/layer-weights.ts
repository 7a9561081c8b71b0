import type { Tensor } from '../models/index.js';
import { invalid } from './errors.js';
import type { KerasLayer } from './keras-graph.js';

/** Finds the weights of a layer among the weights of a model, by name. */
export class LayerWeights {
  readonly #weights: ReadonlyMap<string, Tensor>;
  readonly #source: string;

  /** @param source path of the model.json, for messages */
  constructor(weights: ReadonlyMap<string, Tensor>, source: string) {
    // Files of Keras append a colon and the number of the output to the name of a weight.
    this.#weights = new Map([...weights].map(([name, tensor]) => [name.replace(/:\d+$/, ''), tensor]));
    this.#source = source;
  }

  /**
   * A layer's weight, `layer/part`. In Keras 3 and in nested models, the name has a prefix.
   *
   * @param parts possible names of the weight
   * @throws InkError INK_CONVERT_INVALID if no weight or several weights of this shape fit
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
