import '@tensorflow/tfjs-backend-cpu';
import { input, type LayersModel, layers, model, type SymbolicTensor, sequential } from '@tensorflow/tfjs-layers';
import type { Expectation } from './compare.js';

interface Applied {
  apply(inputs: SymbolicTensor | SymbolicTensor[]): unknown;
}

const isSymbolic = (value: unknown): value is SymbolicTensor =>
  typeof value === 'object' && value !== null && 'sourceLayer' in value;

/** What a layer makes of tensors. */
export function apply(layer: Applied, inputs: SymbolicTensor | SymbolicTensor[]): SymbolicTensor {
  const output = layer.apply(inputs);
  if (isSymbolic(output)) return output;
  throw new Error('the layer did not give one tensor');
}

const chain = (start: SymbolicTensor, ...parts: readonly Applied[]): SymbolicTensor =>
  parts.reduce((tensor, part) => apply(part, tensor), start);

const CLASSES = 10;
const SHAPE = [9, 8, 1];
const head = () => layers.dense({ units: CLASSES, activation: 'softmax' });
const conv = (filters: number, kernelSize = 3) => layers.conv2d({ filters, kernelSize, padding: 'same' });

function functional(middle: (start: SymbolicTensor) => SymbolicTensor, end: readonly Applied[] = [layers.flatten()]) {
  const start = input({ shape: SHAPE });
  return model({ inputs: start, outputs: chain(middle(start), ...end, head()) });
}

export interface SavedModel extends Expectation {
  readonly make: () => LayersModel;
}

/** Models of TensorFlow.js that together hold every layer and setting that can be converted. */
export const MODELS: Readonly<Record<string, SavedModel>> = {
  'a chain of layers': {
    make: () =>
      sequential({
        layers: [
          layers.conv2d({ inputShape: SHAPE, filters: 3, kernelSize: 3, activation: 'relu' }),
          layers.maxPooling2d({ poolSize: 2 }),
          layers.conv2d({ filters: 5, kernelSize: [2, 3], padding: 'same', strides: [2, 1], useBias: false }),
          layers.batchNormalization({ epsilon: 0.01 }),
          layers.activation({ activation: 'relu6' }),
          layers.gaussianNoise({ stddev: 0.1 }),
          layers.flatten(),
          layers.dropout({ rate: 0.5 }),
          layers.dense({ units: 6, activation: 'sigmoid' }),
          layers.batchNormalization({ center: false, scale: false }),
          layers.dense({ units: CLASSES, useBias: false }),
          layers.softmax(),
        ],
      }),
  },
  'depthwise and separable convolutions': {
    make: () =>
      sequential({
        layers: [
          layers.inputLayer({ inputShape: SHAPE }),
          layers.conv2d({ filters: 4, kernelSize: 3, activation: 'swish' }),
          layers.depthwiseConv2d({ kernelSize: [3, 2], padding: 'same', strides: 2 }),
          layers.reLU({ maxValue: 6 }),
          layers.separableConv2d({ filters: 5, kernelSize: 3, padding: 'same', activation: 'relu' }),
          layers.averagePooling2d({ poolSize: 2, strides: 1, padding: 'same' }),
          layers.globalAveragePooling2d({}),
          head(),
        ],
      }),
  },
  'branches that are added and joined': {
    make: () =>
      functional((start) => {
        const stem = chain(start, conv(4), layers.reLU());
        const added = apply(layers.add(), [stem, chain(stem, conv(4)), chain(stem, conv(4, 1))]);
        return apply(layers.concatenate(), [added, stem, chain(added, layers.maxPooling2d({ poolSize: 1 }))]);
      }),
  },
  'attention over channels': {
    make: () =>
      functional(
        (start) => {
          const map = chain(start, conv(6));
          const squeezed = chain(map, layers.globalAveragePooling2d({}), layers.reshape({ targetShape: [1, 1, 6] }));
          const gate = chain(squeezed, layers.conv2d({ filters: 6, kernelSize: 1, activation: 'sigmoid' }));
          const gated = apply(layers.multiply(), [gate, map]);
          return apply(layers.multiply(), [gated, map]);
        },
        [layers.globalMaxPooling2d({})],
      ),
  },
  'zeros around a map before a convolution with strides': {
    make: () =>
      functional((start) => {
        const map = chain(start, layers.conv2d({ filters: 3, kernelSize: [2, 1] }));
        const padded = chain(
          map,
          layers.zeroPadding2d({
            padding: [
              [0, 1],
              [0, 1],
            ],
          }),
        );
        return chain(padded, layers.depthwiseConv2d({ kernelSize: 3, strides: 2 }));
      }),
  },
  'a model in a model': {
    make: () => {
      const inner = sequential({ layers: [layers.conv2d({ inputShape: SHAPE, filters: 2, kernelSize: 3 })] });
      const start = input({ shape: [7, 6, 2] });
      const second = model({ inputs: start, outputs: apply(layers.add(), [chain(start, conv(2)), start]) });
      return sequential({ layers: [inner, second, layers.flatten(), head()] });
    },
  },
  'vectors that are normalised behind an activation, added, multiplied and joined': {
    make: () =>
      functional(
        (start) => {
          const vector = chain(
            start,
            layers.flatten(),
            layers.dense({ units: 6, activation: 'relu' }),
            layers.batchNormalization(),
          );
          const other = chain(vector, layers.dense({ units: 6, activation: 'sigmoid' }));
          const gated = apply(layers.multiply(), [vector, other]);
          return apply(layers.concatenate(), [apply(layers.add(), [vector, gated]), other]);
        },
        [layers.batchNormalization()],
      ),
  },
  'rows of pixels': {
    make: () => sequential({ layers: [layers.dense({ inputShape: [64], units: 5, activation: 'relu' }), head()] }),
  },
  'pictures without a channel, to be reshaped': {
    make: () =>
      sequential({
        layers: [
          layers.reshape({ inputShape: [9, 8], targetShape: [9, 8, 1] }),
          layers.conv2d({ filters: 2, kernelSize: 3 }),
          layers.reshape({ targetShape: [84] }),
          head(),
        ],
      }),
  },
  'pixels up to 255, scaled by the model': {
    make: () =>
      sequential({
        layers: [
          layers.rescaling({ inputShape: SHAPE, scale: 1 / 127.5, offset: -1 }),
          layers.conv2d({ filters: 2, kernelSize: 3, padding: 'same' }),
          layers.flatten(),
          head(),
        ],
      }),
    toInput: (ink) => 255 * ink,
  },
  logits: {
    make: () => sequential({ layers: [layers.flatten({ inputShape: SHAPE }), layers.dense({ units: CLASSES })] }),
    logits: true,
  },
  'activations of other kinds': {
    make: () =>
      functional(
        (start) =>
          chain(
            start,
            layers.conv2d({ filters: 3, kernelSize: 3, activation: 'tanh' }),
            conv(3),
            layers.leakyReLU({ alpha: 0.2 }),
            conv(4),
            layers.prelu({ sharedAxes: [1, 2] }),
            conv(3),
            layers.reLU({ maxValue: 1 }),
          ),
        [layers.flatten(), layers.dense({ units: 5 }), layers.prelu(), layers.dense({ units: 5, activation: 'tanh' })],
      ),
  },
  'windows with gaps, and several filters for each channel': {
    make: () =>
      functional((start) =>
        chain(
          start,
          layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, padding: 'same' }),
          layers.conv2d({ filters: 3, kernelSize: [2, 3], dilationRate: [2, 1], padding: 'same' }),
          layers.depthwiseConv2d({ kernelSize: 2, depthMultiplier: 3, useBias: false }),
          layers.separableConv2d({ filters: 2, kernelSize: 2 }),
        ),
      ),
  },
  'maps that are enlarged': {
    make: () => functional((start) => chain(start, layers.maxPooling2d({}), layers.upSampling2d({}), conv(2))),
  },
  'pictures of three equal channels': {
    make: () =>
      sequential({
        layers: [
          layers.rescaling({ inputShape: [6, 6, 3], scale: 1 / 255 }),
          layers.conv2d({ filters: 3, kernelSize: 3, padding: 'same' }),
          layers.globalAveragePooling2d({}),
          head(),
        ],
      }),
    toInput: (ink) => 255 * ink,
    channels: 3,
  },
  'a dense layer over each place of a map': {
    make: () => functional((start) => chain(start, layers.dense({ units: 3, activation: 'relu' }))),
  },
};
