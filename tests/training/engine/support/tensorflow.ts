import '@tensorflow/tfjs-backend-cpu';
import type { Layer, Network, Parameters } from '@inkcast/training/models';
import { require as requireModule } from 'tsx/cjs/api';

// The gradients are apart from the core, as modules that Node.js alone cannot resolve; they enter a global registry.
requireModule('@tensorflow/tfjs-core/dist/register_all_gradients.js', import.meta.url);

import * as tf from '@tensorflow/tfjs-core';

type Variables = ReadonlyMap<string, tf.Tensor>;

/** The network's logits from TensorFlow.js in training mode, without dropout, because its masks differ. */
function logits(network: Network, variables: Variables, images: tf.Tensor): tf.Tensor {
  const outputs = new Map<string, tf.Tensor>();
  for (const layer of network.layers.slice(0, -1)) {
    const inputs = layer.inputs.map((name) => find(outputs, name));
    outputs.set(layer.name, layer.kind === 'input' ? images : apply(layer, inputs, variables));
  }
  return find(outputs, network.layers.at(-1)?.inputs[0] ?? '');
}

function find(tensors: Variables, name: string): tf.Tensor {
  const tensor = tensors.get(name);
  if (tensor === undefined) throw new Error(`no tensor ${name}`);
  return tensor;
}

const as4D = (tensor: tf.Tensor): tf.Tensor4D => tf.reshape<tf.Rank.R4>(tensor, four(tensor.shape));

function four([a = 1, b = 1, c = 1, d = 1]: number[]): [number, number, number, number] {
  return [a, b, c, d];
}

function apply(layer: Layer, inputs: readonly tf.Tensor[], variables: Variables): tf.Tensor {
  const [input] = inputs;
  const part = (name: string) => find(variables, `${layer.name}/${name}`);
  switch (layer.kind) {
    case 'conv2d': {
      const output = tf.conv2d(as4D(input), as4D(part('kernel')), [...pair(layer.strides)], layer.padding);
      return layer.bias ? tf.add(output, part('bias')) : output;
    }
    case 'depthwiseConv2d': {
      const output = tf.depthwiseConv2d(as4D(input), as4D(part('kernel')), [...pair(layer.strides)], layer.padding);
      return layer.bias ? tf.add(output, part('bias')) : output;
    }
    case 'dense': {
      const output = tf.matMul(input, part('kernel'));
      return layer.bias ? tf.add(output, part('bias')) : output;
    }
    case 'batchNorm': {
      const axes = input.shape.slice(0, -1).map((_, axis) => axis);
      const { mean, variance } = tf.moments(input, axes);
      const scale = tf.mul(part('gamma'), tf.rsqrt(tf.add(variance, layer.epsilon)));
      return tf.add(tf.mul(tf.sub(input, mean), scale), part('beta'));
    }
    case 'maxPool':
      return tf.maxPool(as4D(input), [...pair(layer.pool)], [...pair(layer.strides)], layer.padding);
    case 'averagePool':
      return tf.avgPool(as4D(input), [...pair(layer.pool)], [...pair(layer.strides)], layer.padding);
    case 'globalAveragePool':
      return tf.mean(input, [1, 2], true);
    case 'upsample': {
      // By tiles: the gradient of TensorFlow.js' own resizing is not that of its forward pass.
      const { factor } = layer;
      const [count, height, width, channels] = as4D(input).shape;
      const rows = tf.tile(tf.reshape(input, [count * height, 1, width * channels]), [1, factor, 1]);
      const pixels = tf.tile(tf.reshape(rows, [-1, 1, channels]), [1, factor, 1]);
      return tf.reshape(pixels, [count, height * factor, width * factor, channels]);
    }
    case 'add':
      return tf.addN([...inputs]);
    case 'multiply':
      return tf.mul(inputs[0], inputs[1]);
    case 'concat':
      return tf.concat([...inputs], -1);
    case 'flatten':
      return tf.reshape(input, [input.shape[0], -1]);
    case 'relu':
      return tf.relu(input);
    case 'relu6':
      return tf.relu6(input);
    case 'hardSwish':
      return tf.div(tf.mul(input, tf.relu6(tf.add(input, 3))), 6);
    case 'sigmoid':
      return tf.sigmoid(input);
    case 'softmax':
      return tf.softmax(input);
    default:
      throw new Error(`no ${layer.kind} in this comparison`);
  }
}

const pair = ([height, width]: readonly [number, number]): [number, number] => [height, width];

/** Loss, probabilities and gradients of one batch by TensorFlow.js' cpu back end. */
export async function tensorflowGradients(
  network: Network,
  parameters: Parameters,
  batch: { readonly images: Float32Array; readonly labels: ArrayLike<number>; readonly count: number },
  labelSmoothing: number,
): Promise<{ loss: number; gradients: ReadonlyMap<string, Float32Array> }> {
  await tf.setBackend('cpu');
  const first = network.layers[0];
  const shape = first.kind === 'input' ? first.shape : [];
  const names = [...parameters.keys()].filter((name) => !name.includes('/moving'));
  const values = names.map((name) => {
    const tensor = parameters.get(name);
    return tf.tensor(tensor?.data ?? [], [...(tensor?.shape ?? [])]);
  });
  const images = tf.tensor(batch.images, [batch.count, ...shape]);
  const lossOf = (...variables: tf.Tensor[]): tf.Tensor => {
    const output = logits(network, new Map(names.map((name, index) => [name, variables[index]])), images);
    const classes = output.shape.at(-1) ?? 0;
    const targets = tf.oneHot(tf.tensor1d(Array.from(batch.labels), 'int32'), classes);
    return tf.losses.softmaxCrossEntropy(targets, output, undefined, labelSmoothing);
  };
  const { value, grads } = tf.valueAndGrads((...variables) => tf.reshape<tf.Rank.R0>(lossOf(...variables), []))(values);
  const gradients = new Map(names.map((name, index) => [name, Float32Array.from(grads[index].dataSync())]));
  const [loss] = value.dataSync();
  tf.disposeVariables();
  return { loss, gradients };
}
