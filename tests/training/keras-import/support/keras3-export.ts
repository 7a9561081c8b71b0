import { input, type LayersModel, layers, model } from '@tensorflow/tfjs-layers';
import { apply } from './models.js';
import type { SavedFiles } from './save-model.js';

/**
 * A functional model as `tensorflowjs.converters.save_keras_model` of version 4.22 writes it from Keras 3.5, spelled out
 * as Keras' serialization gives it: every object with its module and registered name, its dtype as a policy, what it was
 * built for, and the tensors that it was called with.
 */
export function keras3Export(twin: LayersModel): SavedFiles {
  const batchShape = [null, 8, 8, 1];
  const conv = (filters: number) => ({
    ...{ filters, kernel_size: [3, 3], strides: [1, 1], padding: 'same', data_format: 'channels_last' },
    ...{ dilation_rate: [1, 1], groups: 1, activation: 'linear', use_bias: false, ...untrained('kernel', 'bias') },
  });
  const list = [
    placed('InputLayer', 'image', { batch_shape: batchShape, dtype: 'float32', sparse: false }, []),
    placed('Conv2D', 'stem', conv(4), [called(['image'])]),
    placed('BatchNormalization', 'norm', normalization, [called(['stem'], { mask: null, training: null })]),
    placed('Activation', 'swish', { activation: 'silu' }, [called(['norm'])]),
    placed('DepthwiseConv2D', 'spread', { ...conv(0), filters: undefined, use_bias: true, depth_multiplier: 1 }, [
      called(['swish']),
    ]),
    placed('Add', 'sum', {}, [{ args: [[tensor('swish'), tensor('spread')]], kwargs: {} }]),
    placed('GlobalAveragePooling2D', 'pool', { data_format: 'channels_last', keepdims: false }, [called(['sum'])]),
    placed('Dropout', 'drop', { rate: 0.25, seed: null, noise_shape: null }, [called(['pool'], { training: false })]),
    placed('Dense', 'digits', { units: 10, activation: 'softmax', use_bias: true, ...untrained('kernel', 'bias') }, [
      called(['drop']),
    ]),
  ];
  const modelConfig = {
    ...{ name: 'functional', trainable: true, layers: list },
    ...{ input_layers: [['image', 0, 0]], output_layers: [['digits', 0, 0]] },
  };
  const bytes = NAMES.map((name) => {
    const at = twin.weights.findIndex((weight) => `${weight.name}`.replace('depthwise_kernel', 'kernel') === name);
    return { name, shape: twin.weights[at].shape.map(Number), values: twin.weights[at].read().dataSync() };
  });
  return {
    json: {
      ...{ format: 'layers-model', generatedBy: 'keras v3.5.0', convertedBy: 'TensorFlow.js Converter v4.22.0' },
      modelTopology: {
        ...{ keras_version: '3.5.0', backend: 'tensorflow' },
        model_config: { ...identified('keras.src.models.functional', 'Functional'), config: modelConfig },
        training_config: { loss: 'categorical_crossentropy', loss_weights: null, weighted_metrics: null },
      },
      weightsManifest: [
        {
          paths: ['group1-shard1of1.bin'],
          weights: bytes.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })),
        },
      ],
    },
    weights: Buffer.concat(bytes.map(({ values }) => Buffer.from(Float32Array.from(values).buffer))),
  };
}

/** By layer, as the groups of Keras' weights file come. */
const NAMES = [
  ...['digits/kernel', 'digits/bias'],
  ...['norm/gamma', 'norm/beta', 'norm/moving_mean', 'norm/moving_variance'],
  ...['spread/kernel', 'spread/bias'],
  'stem/kernel',
];

/** The same model in TensorFlow.js, for its weights and its predictions. */
export function keras3Twin(): LayersModel {
  const start = input({ shape: [8, 8, 1], name: 'image' });
  const conv = { kernelSize: 3, padding: 'same' } as const;
  const stem = apply(layers.conv2d({ ...conv, filters: 4, useBias: false, name: 'stem' }), start);
  const norm = apply(layers.batchNormalization({ name: 'norm' }), stem);
  const swish = apply(layers.activation({ activation: 'swish', name: 'swish' }), norm);
  const spread = apply(layers.depthwiseConv2d({ ...conv, name: 'spread' }), swish);
  const sum = apply(layers.add({ name: 'sum' }), [swish, spread]);
  const pool = apply(layers.globalAveragePooling2d({ name: 'pool' }), sum);
  const digits = apply(layers.dense({ units: 10, activation: 'softmax', name: 'digits' }), pool);
  return model({ inputs: start, outputs: digits });
}

const identified = (module: string, className: string) => ({ module, class_name: className, registered_name: null });

const policy = { ...identified('keras', 'DTypePolicy'), config: { name: 'float32' } };

/** Initializers, regularizers and constraints, which a trained model still carries. */
const untrained = (...parts: readonly string[]) =>
  Object.fromEntries(
    parts.flatMap((part) => [
      [`${part}_initializer`, { ...identified('keras.initializers', 'GlorotUniform'), config: { seed: null } }],
      [`${part}_regularizer`, null],
      [`${part}_constraint`, null],
    ]),
  );

const normalization = {
  ...{ axis: -1, momentum: 0.99, epsilon: 0.001, center: true, scale: true, synchronized: false },
  ...untrained('beta', 'gamma', 'moving_mean', 'moving_variance'),
};

const tensor = (layer: string) => ({
  class_name: '__keras_tensor__',
  config: { shape: [null, 8, 8, 4], dtype: 'float32', keras_history: [layer, 0, 0] },
});

const called = (names: readonly string[], kwargs: object = {}) => ({ args: names.map(tensor), kwargs });

const placed = (className: string, name: string, config: object, inbound: readonly object[]) => ({
  ...identified('keras.layers', className),
  config: { name, trainable: true, dtype: policy, ...config },
  build_config: { input_shape: [null, 8, 8, 4] },
  name,
  inbound_nodes: inbound,
});
