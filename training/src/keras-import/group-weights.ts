import { type Hdf5Group, tensorsByPath } from '../hdf5/index.js';
import type { Tensor } from '../models/index.js';
import type { KerasLayer } from './keras-graph.js';
import type { LayerWeights, WantedWeight } from './layer-weights.js';
import { pickWeight, withoutOutput } from './pick-weight.js';

/**
 * Weights in the groups of a .h5 file: one group for each layer of the outermost model. The names in it do not always
 * contain the layer's own name, for example if the layer was renamed or is part of a nested model.
 */
export class GroupWeights implements LayerWeights {
  readonly #weights: ReadonlyMap<string, Tensor>;
  readonly #source: string;

  /** @param group `model_weights`. @param source path of the file, for messages */
  constructor(group: Hdf5Group, source: string) {
    this.#weights = withoutOutput(tensorsByPath(group));
    this.#source = source;
  }

  of(layer: KerasLayer, wanted: readonly WantedWeight[]): readonly Tensor[] {
    const [top = layer.name, ...models] = layer.parents;
    const within = [...models, layer.name].join('/');
    const keys = [...this.#weights.keys()].filter((key) => key.startsWith(`${top}/`));
    return wanted.map((weight) => {
      const any = keys.filter((key) => weight.names.some((part) => key.endsWith(`/${part}`)));
      const inside = (owner: string): string[] =>
        any.filter((key) => weight.names.some((part) => key.endsWith(`/${owner}/${part}`)));
      // Names from the most to the least exact; a group of one layer needs none.
      const stages = layer.parents.length === 0 && any.length === 1 ? [any] : [inside(within), inside(layer.name), any];
      const names = stages.find((some) => some.length > 0) ?? [];
      return pickWeight({ layer, weight, names, weights: this.#weights, source: this.#source });
    });
  }
}
