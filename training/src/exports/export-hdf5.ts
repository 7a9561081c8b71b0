import type { TrainedNetwork } from '../checkpoint/index.js';
import { type Hdf5Group, writeHdf5 } from '../hdf5/index.js';
import { LABELS_ATTRIBUTE } from '../keras-import/index.js';
import { type ExportedLayer, kerasLayers, kerasModel } from './keras-layers.js';

/** The version of Keras whose form the file has. */
const KERAS_VERSION = '2.15.0';

/** A .h5 file that `keras.models.load_model` of Keras 2 and 3 reads. It also holds the labels. */
export function exportHdf5(trained: TrainedNetwork): Promise<Uint8Array> {
  const layers = kerasLayers(trained, 'keras');
  const program = [
    ['backend', 'tensorflow'],
    ['keras_version', KERAS_VERSION],
  ] as const;
  const weights: Hdf5Group = {
    attributes: new Map<string, string | readonly string[]>([
      ...program,
      ['layer_names', layers.map(({ name }) => name)],
    ]),
    groups: new Map(layers.map((layer) => [layer.name, groupOf(layer)])),
    tensors: new Map(),
  };
  return writeHdf5({
    attributes: new Map([
      ...program,
      ['model_config', JSON.stringify(kerasModel(trained.network, layers, 'keras'))],
      [LABELS_ATTRIBUTE, JSON.stringify(trained.labels)],
    ]),
    groups: new Map([['model_weights', weights]]),
    tensors: new Map(),
  });
}

/** The group of a layer. The weights are in a second group of the same name, as in files of Keras 2. */
function groupOf({ name, weights }: ExportedLayer): Hdf5Group {
  const tensors = new Map(weights.map((weight) => [`${weight.name}:0`, weight.tensor]));
  const names = weights.map((weight) => `${name}/${weight.name}:0`);
  const inner: Hdf5Group = { attributes: new Map(), groups: new Map(), tensors };
  return {
    attributes: new Map([['weight_names', names]]),
    groups: weights.length === 0 ? new Map() : new Map([[name, inner]]),
    tensors: new Map(),
  };
}
