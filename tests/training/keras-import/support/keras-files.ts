import { strToU8, zipSync } from 'fflate';
import { File, type Group, ready } from 'h5wasm';
import { z } from 'zod';
import type { SavedFiles } from './save-model.js';

const layerSchema = z.looseObject({
  class_name: z.string(),
  config: z.looseObject({
    name: z.string(),
    get layers() {
      return z.array(layerSchema).optional();
    },
  }),
});
type Layer = z.infer<typeof layerSchema>;

const topologySchema = z.object({ keras_version: z.string(), model_config: layerSchema });

interface StoredWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** The weights of a saved model in their order. */
function weightsOf({ json, weights }: SavedFiles): readonly StoredWeight[] {
  const values = new Float32Array(Uint8Array.from(weights).buffer);
  let at = 0;
  return json.weightsManifest.flatMap((group) =>
    group.weights.map(({ name, shape }) => {
      const size = shape.reduce((product, side) => product * side, 1);
      const data = values.slice(at, at + size);
      at += size;
      return { name, shape, data };
    }),
  );
}

/** The weights of a layer, or of all layers of a nested model. */
function weightsIn(layer: Layer, weights: readonly StoredWeight[]): readonly StoredWeight[] {
  const inner = layer.config.layers;
  if (inner !== undefined) return inner.flatMap((child) => weightsIn(child, weights));
  return weights.filter(({ name }) => `/${name}`.includes(`/${layer.config.name}/`));
}

/** Lets the library write a file. */
async function hdf5(write: (file: Group) => void): Promise<Uint8Array> {
  const { FS: files } = await ready;
  const file = new File('/written.h5', 'w', { libver: ['earliest', 'v110'] });
  write(file);
  file.close();
  return files.readFile('/written.h5');
}

/** A list of texts of one length, as h5py writes a list of bytes; an empty list is one of numbers. */
function texts(group: Group, name: string, values: readonly string[]): void {
  if (values.length === 0) group.create_attribute(name, new Float64Array(0), [0], '<d');
  else
    group.create_attribute(name, [...values], [values.length], `S${Math.max(...values.map(({ length }) => length))}`);
}

/** The group at a path, which is made where it is missing. */
function groupAt(group: Group, path: readonly string[]): Group {
  return path.reduce((inner, part) => {
    const known = inner.keys().includes(part) ? inner.get(part) : inner.create_group(part);
    if (known === null || !('create_group' in known)) throw new Error(`${part} is no group`);
    return known;
  }, group);
}

function dataset(group: Group, { name, shape, data }: StoredWeight): void {
  const path = name.split('/');
  groupAt(group, path.slice(0, -1)).create_dataset({ name: path.at(-1) ?? '', data, shape: [...shape], dtype: '<f' });
}

/** A model as Keras' `model.save('model.h5')` writes it, with the state of an optimizer. @param files as of Keras 2 or 3 */
export function asHdf5(files: SavedFiles): Promise<Uint8Array> {
  const { keras_version: version, model_config: model } = topologySchema.parse(files.json.modelTopology);
  const weights = weightsOf(files);
  const layers = model.config.layers ?? [];
  return hdf5((file) => {
    file.create_attribute('backend', 'tensorflow', [], 'S10');
    file.create_attribute('keras_version', version, [], 'S');
    file.create_attribute('model_config', JSON.stringify(model), [], 'S');
    file.create_attribute('training_config', JSON.stringify({ loss: 'mse' }), [], 'S');
    const group = file.create_group('model_weights');
    texts(
      group,
      'layer_names',
      layers.map(({ config }) => config.name),
    );
    for (const layer of layers) {
      const own = group.create_group(layer.config.name);
      const stored = weightsIn(layer, weights);
      texts(
        own,
        'weight_names',
        stored.map(({ name }) => name),
      );
      for (const weight of stored) dataset(own, weight);
    }
    const state = file.create_group('optimizer_weights');
    state.create_dataset({ name: 'iteration:0', data: new BigInt64Array(1), shape: [], dtype: '<q' });
    dataset(state, { name: 'Adam/m/conv/kernel:0', shape: [2], data: Float32Array.of(1, 2) });
  });
}

/** How a Keras names the groups of layers in a .keras file. */
export interface ArchiveForm {
  readonly container: 'layers' | '_layer_checkpoint_dependencies';
  /** Between the names of groups. Keras 2 on Windows put its own into one name. */
  readonly separator: '/' | '\\';
  /** Keras 2.12 and 2.13 count a layer with weights twice, Keras 3 once. */
  readonly countsTwice: boolean;
}

export const KERAS_3: ArchiveForm = { container: 'layers', separator: '/', countsTwice: false };

/** A model as Keras' `model.save('model.keras')` writes it. @param files as of Keras 3 */
export async function asKerasArchive(files: SavedFiles, form = KERAS_3): Promise<Uint8Array> {
  const { keras_version: version, model_config: model } = topologySchema.parse(files.json.modelTopology);
  const weights = weightsOf(files);
  const content = await hdf5((file) => {
    const add = (layers: readonly Layer[], prefix: string): void => {
      const counts = new Map<string, number>();
      for (const layer of layers) {
        const kind = snakeCase(layer.class_name);
        const count = counts.get(kind) ?? 0;
        const stored = weightsIn(layer, weights);
        counts.set(kind, count + (form.countsTwice && stored.length > 0 ? 2 : 1));
        const path = `${prefix}${form.container}${form.separator}${count === 0 ? kind : `${kind}_${count}`}`;
        // Keras 2 makes a group for a layer without weights, too.
        if (form.countsTwice) groupAt(file, [...path.split('/'), 'vars']);
        if (layer.config.layers !== undefined) add(layer.config.layers, `${path}${form.separator}`);
        else if (stored.length > 0) {
          for (const [index, weight] of stored.entries()) dataset(file, { ...weight, name: `${path}/vars/${index}` });
        }
      }
    };
    add(model.config.layers ?? [], '');
    dataset(file, { name: 'optimizer/vars/1', shape: [], data: Float32Array.of(0.001) });
  });
  return zipSync({
    'metadata.json': [
      strToU8(JSON.stringify({ keras_version: version, date_saved: '2026-01-02@03:04:05' })),
      { level: 0 },
    ],
    'config.json': strToU8(JSON.stringify(model)),
    'model.weights.h5': [content, { level: 0 }],
  });
}

const snakeCase = (name: string): string =>
  name === 'PReLU' ? 'p_re_lu' : name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
