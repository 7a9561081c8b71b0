import '@tensorflow/tfjs-backend-cpu';
import { elementCount, type TfliteModel, type TfliteOperator, type TfliteTensor } from '@inkcast/shared/tflite-file';
import * as tf from '@tensorflow/tfjs-core';

/** What TensorFlow.js computes for the one operator of a float32 model. */
export function tensorflowOutput(model: TfliteModel, inputs: readonly Float32Array[]): number[] {
  const [operator] = model.operators;
  return tf.tidy(() => {
    const operands = operator.inputs.map((index) => {
      const tensor = model.tensors[index];
      const values = inputs[model.inputs.indexOf(index)] ?? constant(tensor);
      return tf.tensor([...values], [...tensor.shape]);
    });
    return [...apply(operator, operands).dataSync()];
  });
}

function constant({ type, shape, data }: TfliteTensor): Float32Array | Int32Array {
  const bytes = (data ?? new Uint8Array(4 * elementCount(shape))).slice().buffer;
  return type === 'int32' ? new Int32Array(bytes) : new Float32Array(bytes);
}

function apply(operator: TfliteOperator, operands: readonly tf.Tensor[]): tf.Tensor {
  const [input, second, bias] = operands;
  switch (operator.kind) {
    case 'conv2d': {
      const filter = tf.transpose(as4D(second), [1, 2, 3, 0]);
      const { strides, padding, dilations } = operator;
      return activated(
        operator,
        tf.add(tf.conv2d(as4D(input), filter, [...strides], padding, 'NHWC', [...dilations]), bias),
      );
    }
    case 'depthwiseConv2d': {
      const [, height, width] = second.shape;
      const filter = tf.reshape<tf.Rank.R4>(second, [height, width, input.shape[3] ?? 0, operator.depthMultiplier]);
      const { strides, padding, dilations } = operator;
      const output = tf.depthwiseConv2d(as4D(input), filter, [...strides], padding, 'NHWC', [...dilations]);
      return activated(operator, tf.add(output, bias));
    }
    case 'fullyConnected': {
      const rows = tf.reshape(input, [-1, second.shape[1] ?? 0]);
      return activated(operator, tf.add(tf.matMul(rows, second, false, true), bias));
    }
    case 'maxPool2d':
      return activated(
        operator,
        tf.maxPool(as4D(input), [...operator.filter], [...operator.strides], operator.padding),
      );
    case 'averagePool2d':
      return activated(
        operator,
        tf.avgPool(as4D(input), [...operator.filter], [...operator.strides], operator.padding),
      );
    case 'mean':
      return tf.mean(input, [...second.dataSync()], operator.keepDims);
    case 'add':
      return activated(operator, tf.add(input, second));
    case 'mul':
      return activated(operator, tf.mul(input, second));
    case 'relu':
      return tf.relu(input);
    case 'relu6':
      return tf.relu6(input);
    case 'hardSwish':
      return tf.div(tf.mul(input, tf.relu6(tf.add(input, 3))), 6);
    case 'logistic':
      return tf.sigmoid(input);
    case 'softmax':
      return tf.softmax(input);
    case 'reshape':
      return tf.reshape(input, [...operator.newShape]);
    case 'pad': {
      const flat = [...second.dataSync()];
      return tf.pad(
        input,
        input.shape.map((_, axis): [number, number] => [flat[2 * axis], flat[2 * axis + 1]]),
      );
    }
    case 'resizeNearestNeighbor': {
      const [height, width] = second.dataSync();
      return tf.image.resizeNearestNeighbor(as4D(input), [height, width]);
    }
    case 'concatenation':
      return tf.concat([...operands], operator.axis);
    default:
      throw new Error(`TensorFlow.js has no ${operator.kind}`);
  }
}

function activated({ activation }: { readonly activation: string }, output: tf.Tensor): tf.Tensor {
  return activation === 'relu' ? tf.relu(output) : activation === 'relu6' ? tf.relu6(output) : output;
}

const as4D = (tensor: tf.Tensor): tf.Tensor4D => {
  const [a = 1, b = 1, c = 1, d = 1] = tensor.shape;
  return tf.reshape<tf.Rank.R4>(tensor, [a, b, c, d]);
};
