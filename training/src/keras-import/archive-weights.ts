import type { Hdf5Group } from '../hdf5/index.js';
import type { Tensor } from '../models/index.js';
import { invalid } from '../network-assembly/index.js';
import type { KerasLayer } from './keras-graph.js';
import type { LayerWeights, WantedWeight } from './layer-weights.js';
import { checkedWeight } from './pick-weight.js';
import { isModel, type SavedLayer, savedName } from './saved-layer.js';

/**
 * Weights in the model.weights.h5 of a .keras file. There, the groups have the names of the layers' classes with a number
 * (`layers/conv2d_1`), and the weights in them are numbered (`vars/0`).
 */
export class ArchiveWeights implements LayerWeights {
  /** Every group of the file by its path. */
  readonly #groups: ReadonlyMap<string, Hdf5Group>;
  /** The path of the group of each layer, by the layer's path. */
  readonly #places = new Map<string, string>();
  readonly #source: string;

  /** @param source path of the file, for messages */
  constructor(model: SavedLayer, root: Hdf5Group, source: string) {
    this.#groups = groupsByPath(root);
    this.#source = source;
    this.#place(model, '', []);
  }

  of(layer: KerasLayer, wanted: readonly WantedWeight[]): readonly Tensor[] {
    const stored = this.#groups.get(`${this.#places.get(layer.path)}/vars`)?.tensors;
    return wanted.map(({ names, shape }, index) => {
      const what = `the weight "${layer.path}/${names[0]}"`;
      const tensor = stored?.get(String(index));
      if (tensor === undefined) throw invalid(this.#source, `${what} is missing`);
      return checkedWeight(tensor, shape, what, this.#source);
    });
  }

  /** Finds the groups of a model's layers. @param prefix path of the model's own group, with a slash */
  #place({ config }: SavedLayer, prefix: string, parents: readonly string[]): void {
    const counts = new Map<string, number>();
    for (const layer of savedLayers(config)) {
      const kind = snakeCase(layer.class_name);
      const count = counts.get(kind) ?? 0;
      counts.set(kind, count + 1);
      const place = this.#groupOf(prefix, kind, count);
      if (place === undefined) continue;
      const path = [...parents, savedName(layer) ?? ''];
      this.#places.set(path.join('/'), place);
      if (isModel(layer)) this.#place(layer, `${place}/`, path);
    }
  }

  /** Path of the group of the layer that is number `count` of its class. */
  #groupOf(prefix: string, kind: string, count: number): string | undefined {
    const numbered = `${prefix}layers/${count === 0 ? kind : `${kind}_${count}`}`;
    if (this.#groups.has(numbered)) return numbered;
    // Keras 2.12 and 2.13 count each layer with weights twice, so their numbers have gaps.
    const stem = `${prefix}_layer_checkpoint_dependencies/${kind}`;
    const numberOf = (path: string): number => Number(path.slice(stem.length + 1) || 0);
    const all = [...this.#groups.keys()].filter(
      (path) => path.startsWith(stem) && /^(_\d+)?$/.test(path.slice(stem.length)),
    );
    return all.sort((a, b) => numberOf(a) - numberOf(b))[count];
  }
}

/** Keras 2 on Windows wrote its separator `\` into the names of groups. */
function groupsByPath(group: Hdf5Group, prefix = ''): ReadonlyMap<string, Hdf5Group> {
  return new Map(
    [...group.groups].flatMap(([name, child]) => {
      const path = `${prefix}${name.replaceAll('\\', '/')}`;
      return [[path, child] as const, ...groupsByPath(child, `${path}/`)];
    }),
  );
}

/** The layers of a model's settings, as far as they have the form of layers: the graph is checked elsewhere. */
function savedLayers(config: SavedLayer['config']): readonly SavedLayer[] {
  const layers: unknown = 'layers' in config ? config.layers : config;
  return Array.isArray(layers) ? layers : [];
}

/** A class's name as Keras writes it in files: `BatchNormalization` becomes `batch_normalization`. */
const snakeCase = (name: string): string =>
  name
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
