import type { TrainedNetwork } from '../checkpoint/index.js';
import { bytesOf } from '../tflite/index.js';
import { kerasLayers, kerasModel } from './keras-layers.js';

/** The file of weights beside a model.json. */
export const WEIGHTS_FILE = 'weights.bin';

/** A model.json and its weights, which `tf.loadLayersModel` of TensorFlow.js reads. It also holds the labels. */
export function exportModelJson(
  trained: TrainedNetwork,
  generatedBy: string,
): { readonly json: string; readonly weights: Uint8Array } {
  const layers = kerasLayers(trained, 'tensorflow.js');
  const stored = layers.flatMap(({ name, weights }) =>
    weights.map(({ name: part, tensor }) => ({ name: `${name}/${part}`, tensor })),
  );
  const manifest = stored.map(({ name, tensor }) => ({ name, shape: tensor.shape, dtype: 'float32' }));
  const content = {
    format: 'layers-model',
    generatedBy,
    convertedBy: null,
    modelTopology: kerasModel(trained.network, layers, 'tensorflow.js'),
    weightsManifest: [{ paths: [WEIGHTS_FILE], weights: manifest }],
    userDefinedMetadata: { labels: trained.labels },
  };
  return {
    json: `${JSON.stringify(content, undefined, 2)}\n`,
    weights: Buffer.concat(stored.map(({ tensor }) => bytesOf(tensor.data))),
  };
}
