import type { Tensor } from '../models/index.js';
import type { KerasLayer } from './keras-graph.js';
import type { LayerWeights, WantedWeight } from './layer-weights.js';
import { pickWeight, withoutOutput } from './pick-weight.js';

/** Weights whose names contain the layer's: `layer/part`. In Keras 3 and in nested models, the name has a prefix. */
export class NamedWeights implements LayerWeights {
  readonly #weights: ReadonlyMap<string, Tensor>;
  readonly #source: string;

  /** @param source path of the file, for messages */
  constructor(weights: ReadonlyMap<string, Tensor>, source: string) {
    this.#weights = withoutOutput(weights);
    this.#source = source;
  }

  of(layer: KerasLayer, wanted: readonly WantedWeight[]): readonly Tensor[] {
    return wanted.map((weight) => {
      const endings = [layer.path, layer.name].map((owner) => weight.names.map((part) => `/${owner}/${part}`));
      const found = endings.map((any) =>
        [...this.#weights.keys()].filter((key) => any.some((end) => `/${key}`.endsWith(end))),
      );
      const names = found.find((some) => some.length > 0) ?? [];
      return pickWeight({ layer, weight, names, weights: this.#weights, source: this.#source });
    });
  }
}
