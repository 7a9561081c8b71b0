import type { ModelJson, SavedFiles } from './save-model.js';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Rewrite = (key: string, value: Json) => readonly [string, Json];

/** Every key and value of a JSON value, changed from the inside outwards. */
function rewritten(value: Json, change: Rewrite): Json {
  if (Array.isArray(value)) return value.map((item) => rewritten(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => change(key, rewritten(inner, change))));
}

const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value));

function withTopology(
  files: SavedFiles,
  version: string,
  change: Rewrite,
  rename: (name: string) => string,
): SavedFiles {
  const { weightsManifest, modelTopology } = files.json;
  const json: ModelJson = {
    format: 'layers-model',
    generatedBy: `keras v${version}`,
    convertedBy: 'TensorFlow.js Converter v4.22.0',
    modelTopology: {
      keras_version: version,
      backend: 'tensorflow',
      model_config: rewritten(asJson(modelTopology), change),
      training_config: { optimizer_config: { class_name: 'Adam' } },
    },
    weightsManifest: weightsManifest.map(({ paths, weights }) => ({
      paths,
      weights: weights.map((weight) => ({ ...weight, name: rename(weight.name) })),
    })),
  };
  return { json, weights: files.weights };
}

const isReference = (value: Json): boolean => Array.isArray(value) && typeof value[0] === 'string' && value[1] === 0;

/** As the converter writes a model of Keras 2: the functional kind has another name, the axis of a normalisation is in a list. */
export const asKeras2 = (files: SavedFiles): SavedFiles =>
  withTopology(
    files,
    '2.15.0',
    (key, value) => {
      if (key === 'class_name' && value === 'Model') return [key, 'Functional'];
      const isScaled = typeof value === 'object' && value !== null && !Array.isArray(value) && value.scale === true;
      if (isScaled) return [key, { ...value, axis: [3] }];
      return [key, value];
    },
    (name) => `${name}:0`,
  );

/** As the converter writes one of Keras 3: tensors in the place of references, objects in that of names. */
export const asKeras3 = (files: SavedFiles): SavedFiles =>
  withTopology(
    files,
    '3.5.0',
    (key, value) => {
      if (key === 'class_name' && value === 'Model') return [key, 'Functional'];
      if (key === 'batch_input_shape') return ['batch_shape', value];
      if (key === 'dtype') return [key, { module: 'keras', class_name: 'DTypePolicy', config: { name: value } }];
      if (key === 'activation' && value === 'swish') return [key, 'silu'];
      if (key === 'activation' && typeof value === 'string') {
        return [key, { module: 'builtins', class_name: 'function', config: value, registered_name: 'function' }];
      }
      if ((key === 'output_layers' || key === 'input_layers') && Array.isArray(value)) return [key, value[0]];
      if (key === 'inbound_nodes' && Array.isArray(value)) return [key, value.map(asCall)];
      return [key, value];
    },
    (name) =>
      `sequential/${name.replace('depthwise_conv2d_DepthwiseConv2D1/depthwise_kernel', 'depthwise_conv2d_DepthwiseConv2D1/kernel')}`,
  );

/** What a layer was called with: a tensor, or a list of them. */
function asCall(node: Json): Json {
  const references = Array.isArray(node) ? node.filter(isReference) : [];
  const tensors = references.map((reference) => ({
    class_name: '__keras_tensor__',
    config: {
      shape: [null, 1],
      dtype: 'float32',
      keras_history: Array.isArray(reference) ? reference.slice(0, 3) : [],
    },
  }));
  return { args: tensors.length === 1 ? tensors : [tensors], kwargs: {} };
}
