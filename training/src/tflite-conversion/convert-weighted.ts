import { type Padding, type Shape, windowGeometry } from '../models/index.js';
import type { ConversionContext } from './conversion-context.js';
import type { FoldedLayer, WeightedLayer } from './fold-network.js';

type WeightedFold = Extract<FoldedLayer, { readonly layer: WeightedLayer }>;

/** Adds the operator of a layer with weights. @returns the tensor that holds its output */
export function convertWeighted(folded: WeightedFold, context: ConversionContext, shape: Shape): number {
  const { layer, name } = folded;
  const [input] = folded.inputs.map(context.tensorOf);
  if (layer.kind !== 'batchNorm' || shape.length === 3) {
    return addWeighted(folded, context, input, context.output(name, shape));
  }
  // A vector is normalised as a map of one pixel: in int8 only convolutions have a scale for each channel.
  const pixelShape: Shape = [1, 1, shape[0]];
  const pixel = context.reshaped(`${name}/pixel`, input, pixelShape);
  const normalised = addWeighted(folded, context, pixel, context.output(`${name}/normalised`, pixelShape));
  return context.reshaped(name, normalised, shape);
}

/** @returns `output` */
function addWeighted(folded: WeightedFold, context: ConversionContext, input: number, output: number): number {
  const { layer, activation, weights } = folded;
  const { graph } = context;
  const { kernel } = weights;
  const base = (filterShape: readonly number[], filter: Float32Array) => ({
    inputs: [
      input,
      graph.floats(`${layer.name}/kernel`, filterShape, filter),
      graph.floats(`${layer.name}/bias`, [weights.bias.length], weights.bias),
    ],
    outputs: [output],
    activation,
  });
  switch (layer.kind) {
    case 'conv2d': {
      const [height, width, input, filters] = kernel.shape;
      const { strides } = layer;
      const padding = plainestPadding(layer, context);
      const operands = base([filters, height, width, input], transposed(kernel.data, filters));
      graph.operator({ ...operands, kind: 'conv2d', padding, strides, dilations: [1, 1] });
      break;
    }
    case 'depthwiseConv2d': {
      const [height, width, channels] = kernel.shape;
      const { strides } = layer;
      const padding = plainestPadding(layer, context);
      const operands = base([1, height, width, channels], kernel.data);
      graph.operator({ ...operands, kind: 'depthwiseConv2d', padding, strides, dilations: [1, 1], depthMultiplier: 1 });
      break;
    }
    case 'batchNorm': {
      const operands = base([1, 1, 1, kernel.shape[2]], kernel.data);
      const window = { padding: 'valid', strides: [1, 1], dilations: [1, 1] } as const;
      graph.operator({ ...operands, ...window, kind: 'depthwiseConv2d', depthMultiplier: 1 });
      break;
    }
    case 'dense': {
      const [inputs, units] = kernel.shape;
      const operands = base([units, inputs], transposed(kernel.data, units));
      graph.operator({ ...operands, kind: 'fullyConnected', keepNumDims: false });
      break;
    }
  }
  return output;
}

/** `valid` where `same` adds nothing: XNNPACK mistakes `same` where a window is smaller than its stride. */
function plainestPadding(
  { inputs, kernel, strides, padding }: Extract<WeightedLayer, { readonly strides: unknown }>,
  { shapes }: ConversionContext,
): Padding {
  const [height = 1, width = 1] = shapes.get(inputs[0]) ?? [];
  const { rows, columns } = windowGeometry([height, width], kernel, strides, padding);
  return [rows, columns].every(({ before, after }) => before + after === 0) ? 'valid' : 'same';
}

/** From the output channel as the last axis, as Keras has it, to the first, as TensorFlow Lite has it. */
function transposed(values: Float32Array, channels: number): Float32Array {
  const rows = values.length / channels;
  return Float32Array.from({ length: values.length }, (_, index) => {
    const channel = Math.floor(index / rows);
    return values[(index - channel * rows) * channels + channel];
  });
}
