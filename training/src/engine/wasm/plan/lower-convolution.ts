import { type ConvolutionGeometry, convolutionGeometry } from './convolution-geometry.js';
import type { Backward, Flow } from './flow.js';
import type { Group } from './group-layers.js';
import { packedPanels, transposedPanels } from './packing.js';
import type { Buffer } from './program.js';

type ConvolutionGroup = Extract<Group, { readonly kind: 'convolution' }>;

/** A convolution with its bias, and the ReLU and 2x2 max pool that follow it. */
export function lowerConvolution(flow: Flow, group: ConvolutionGroup): Backward {
  const { builder } = flow;
  const { layer } = group;
  const geometry = convolutionGeometry(builder, layer);
  const input = flow.value(group.input);
  const output = flow.output(group.output);
  const panels = packedPanels(builder, `${layer.name}/kernel`, geometry.depth, geometry.filters);
  const bias = layer.bias ? builder.weight(`${layer.name}/bias`) : 0;
  const { rows, columns, filters, channels } = geometry;

  if (group.pool) {
    // A byte for each pooled value.
    const places = builder.bytesPerImage(Math.floor(rows / 2) * Math.floor(columns / 2) * filters);
    const pooledColumns = 2 * Math.floor(columns / 2);
    builder.call('convolveAndPool', {
      ...windowSteps(geometry),
      input: padded(flow, geometry, input),
      output,
      places,
      scratch: builder.transient(2 * pooledColumns * filters * 4),
      panels,
      bias,
      rows: Math.floor(rows / 2),
      columns: pooledColumns,
    });
    return () => {
      const slopes = builder.perImage(rows * columns * filters);
      builder.call('unpool', {
        gradient: flow.gradient(group.output),
        places,
        output: slopes,
        biasGradient: hasBiasGradient(flow, group) ? flow.shardGradient(`${layer.name}/bias`, filters) : 0,
        rows: Math.floor(rows / 2),
        columns: Math.floor(columns / 2),
        channels: filters,
        height: rows,
        width: columns,
      });
      backward(flow, group, geometry, input, slopes);
    };
  }

  if (geometry.isPointwise) {
    builder.call('multiplyMatrix', {
      a: input,
      c: output,
      panels,
      bias,
      rows: rows * columns,
      depth: channels,
      columns: filters,
      relu: group.relu,
    });
  } else {
    const from = padded(flow, geometry, input);
    builder.call('convolve', {
      ...windowSteps(geometry),
      input: from,
      output,
      panels,
      bias,
      rows,
      columns,
      relu: group.relu,
    });
  }
  return () => {
    const slopes = throughRelu(flow, group, output);
    if (hasBiasGradient(flow, group)) {
      const gradient = flow.shardGradient(`${layer.name}/bias`, filters);
      builder.call('addBiasGradient', { slopes, gradient, rows: rows * columns, channels: filters });
    }
    backward(flow, group, geometry, input, slopes);
  };
}

function hasBiasGradient(flow: Flow, { layer }: ConvolutionGroup): boolean {
  return layer.bias && flow.builder.isTrained(layer.name);
}

/** The gradient before the ReLU, where the group has one. */
export function throughRelu(flow: Flow, group: { readonly relu: boolean; readonly output: string }, output: Buffer) {
  const slopes = flow.gradient(group.output);
  if (!group.relu) return slopes;
  const size = flow.builder.size(group.output);
  const gradient = flow.builder.perImage(size);
  flow.builder.call('reluGradient', { output, slopes, gradient, size, limit: Number.POSITIVE_INFINITY });
  return gradient;
}

/** The map with its padding: the input itself where there is none. */
function padded(flow: Flow, geometry: ConvolutionGeometry, input: Buffer): Buffer {
  if (!geometry.isPadded) return input;
  const { height, width, channels, top, left, paddedHeight, paddedWidth } = geometry;
  const output = flow.builder.perImage(paddedHeight * paddedWidth * channels);
  flow.builder.call('padMaps', {
    input,
    output,
    height,
    width,
    channels,
    top,
    left,
    outputHeight: paddedHeight,
    outputWidth: paddedWidth,
    gapRows: 0,
    gapColumns: 0,
  });
  return output;
}

/** How the windows lie in the padded map, in bytes. */
function windowSteps({ paddedHeight, paddedWidth, channels, strides, taps, tapColumns, filters }: ConvolutionGeometry) {
  const row = paddedWidth * channels * 4;
  return {
    filters,
    imageStep: paddedHeight * row,
    rowStep: strides[0] * row,
    columnStep: strides[1] * channels * 4,
    taps,
    tapStep: row,
    length: tapColumns * channels,
  };
}

function backward(
  flow: Flow,
  group: ConvolutionGroup,
  geometry: ConvolutionGeometry,
  input: Buffer,
  slopes: Buffer,
): void {
  if (flow.builder.isTrained(group.layer.name)) kernelGradient(flow, group, geometry, input, slopes);
  flow.contribute(group.input, (to) => inputGradient(flow, group, geometry, slopes, to));
}

function kernelGradient(
  flow: Flow,
  { layer }: ConvolutionGroup,
  geometry: ConvolutionGeometry,
  input: Buffer,
  slopes: Buffer,
): void {
  const { builder } = flow;
  const { depth, filters, rows, columns, channels, paddedWidth, tapColumns } = geometry;
  const { imageStep, rowStep, columnStep } = windowSteps(geometry);
  const offsets = Uint32Array.from({ length: depth }, (_, k) => {
    const tap = Math.floor(k / channels);
    const pixel = Math.floor(tap / tapColumns) * paddedWidth + (tap % tapColumns);
    return (pixel * channels + (k % channels)) * 4;
  });
  builder.call('addKernelGradient', {
    input: padded(flow, geometry, input),
    slopes,
    gradient: flow.shardGradient(`${layer.name}/kernel`, depth * filters),
    offsets: builder.constant(offsets),
    depth,
    filters,
    rows,
    columns,
    imageStep,
    rowStep,
    columnStep,
  });
}

/**
 * The input gradient is a convolution of the padded output gradient with the kernel turned round; where the convolution
 * has strides, zeros go between the gradient's pixels.
 */
function inputGradient(
  flow: Flow,
  { layer }: ConvolutionGroup,
  geometry: ConvolutionGeometry,
  slopes: Buffer,
  to: Buffer,
): void {
  const { builder } = flow;
  const { height, width, channels, filters, taps, tapColumns, rows, columns, strides, top, left } = geometry;
  const panels = transposedPanels(builder, `${layer.name}/kernel`, { taps: taps * tapColumns, channels, filters });
  if (geometry.isPointwise) {
    builder.call('multiplyMatrix', {
      a: slopes,
      c: to,
      panels,
      bias: 0,
      rows: rows * columns,
      depth: filters,
      columns: channels,
      relu: false,
    });
    return;
  }
  const outputHeight = height + taps - 1;
  const outputWidth = width + tapColumns - 1;
  const spread = builder.perImage(outputHeight * outputWidth * filters);
  builder.call('padMaps', {
    input: slopes,
    output: spread,
    height: rows,
    width: columns,
    channels: filters,
    top: taps - 1 - top,
    left: tapColumns - 1 - left,
    outputHeight,
    outputWidth,
    gapRows: strides[0] - 1,
    gapColumns: strides[1] - 1,
  });
  const row = outputWidth * filters * 4;
  builder.call('convolve', {
    input: spread,
    output: to,
    panels,
    bias: 0,
    filters: channels,
    rows: height,
    columns: width,
    imageStep: outputHeight * row,
    rowStep: row,
    columnStep: filters * 4,
    taps,
    tapStep: row,
    length: tapColumns * filters,
    relu: false,
  });
}
