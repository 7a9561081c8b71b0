import { type Hdf5Group, readHdf5, writeHdf5 } from '@inkcast/training/hdf5';
import { strToU8, zipSync } from 'fflate';

/** A .keras file of Keras 3 with the layers and weights of a .h5 file, in which each kind of layer is there once. */
export async function kerasArchive(hdf5: Uint8Array): Promise<Uint8Array> {
  const { attributes, groups } = await readHdf5(hdf5);
  const [config, version] = [attributes.get('model_config'), attributes.get('keras_version')];
  const weights = [...(groups.get('model_weights')?.groups ?? [])];
  const layers = weights.map(([name, group]): [string, Hdf5Group] => [name.replace(/_\d+$/, ''), numbered(group)]);
  return zipSync({
    'config.json': strToU8(String(config)),
    'metadata.json': strToU8(JSON.stringify({ keras_version: version })),
    'model.weights.h5': await writeHdf5(
      groupOf({ groups: { layers: groupOf({ groups: Object.fromEntries(layers) }) } }),
    ),
  });
}

/** The weights of a layer as `vars/0`, `vars/1`; in a .h5 file they are in a second group of the layer's name. */
function numbered(layer: Hdf5Group): Hdf5Group {
  const [inner = layer] = layer.groups.values();
  const tensors = new Map([...inner.tensors.values()].map((tensor, index) => [String(index), tensor]));
  return groupOf({ groups: { vars: { ...groupOf({}), tensors } } });
}

const groupOf = ({ groups = {} }: { readonly groups?: Readonly<Record<string, Hdf5Group>> }): Hdf5Group => ({
  attributes: new Map(),
  groups: new Map(Object.entries(groups)),
  tensors: new Map(),
});
