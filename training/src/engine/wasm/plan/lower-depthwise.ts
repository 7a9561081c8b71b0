import { type DepthwiseConv2DLayer, windowGeometry } from '../../../models/index.js';
import { lookUp } from '../../look-up.js';
import type { Backward, Flow } from './flow.js';
import type { Buffer } from './program.js';

/** A convolution with one filter a channel, and its bias. */
export function lowerDepthwise(flow: Flow, layer: DepthwiseConv2DLayer): Backward {
  const { builder } = flow;
  const [from] = layer.inputs;
  const [height, width = 1, channels = 1] = lookUp(builder.shapes, from);
  const { rows, columns } = windowGeometry([height, width], layer.kernel, layer.strides, layer.padding);
  const [taps, tapColumns] = layer.kernel;
  const input = flow.value(from);
  const pixel = channels * 4;
  const padded = {
    outputHeight: height + rows.before + rows.after,
    outputWidth: width + columns.before + columns.after,
  };
  const withPadding = (): Buffer => {
    if (padded.outputHeight === height && padded.outputWidth === width) return input;
    const output = builder.perImage(padded.outputHeight * padded.outputWidth * channels);
    builder.call('padMaps', {
      ...{ input, output, height, width, channels, ...padded },
      ...{ top: rows.before, left: columns.before, gapRows: 0, gapColumns: 0 },
    });
    return output;
  };
  const paddedRow = padded.outputWidth * pixel;
  const windows = {
    channels,
    rows: rows.output,
    columns: columns.output,
    imageStep: padded.outputHeight * paddedRow,
    rowStep: layer.strides[0] * paddedRow,
    columnStep: layer.strides[1] * pixel,
    taps,
    tapColumns,
    tapStep: paddedRow,
  };
  const kernel = builder.weight(`${layer.name}/kernel`);
  builder.call('convolveDepthwise', {
    ...windows,
    input: withPadding(),
    output: flow.output(layer.name),
    kernel,
    bias: layer.bias ? builder.weight(`${layer.name}/bias`) : 0,
    turned: false,
  });

  return () => {
    const slopes = flow.gradient(layer.name);
    if (builder.isTrained(layer.name)) {
      if (layer.bias) {
        const gradient = flow.shardGradient(`${layer.name}/bias`, channels);
        builder.call('addBiasGradient', { slopes, gradient, rows: rows.output * columns.output, channels });
      }
      const gradient = flow.shardGradient(`${layer.name}/kernel`, taps * tapColumns * channels);
      builder.call('addDepthwiseGradient', { ...windows, input: withPadding(), slopes, gradient });
    }
    flow.contribute(from, (output) => inputGradient(slopes, output));
  };

  /** As for a full convolution: the padded gradient, spread by the strides, under the kernel turned round. */
  function inputGradient(slopes: Buffer, output: Buffer): void {
    const outputHeight = height + taps - 1;
    const outputWidth = width + tapColumns - 1;
    const spread = builder.perImage(outputHeight * outputWidth * channels);
    builder.call('padMaps', {
      input: slopes,
      output: spread,
      height: rows.output,
      width: columns.output,
      channels,
      top: taps - 1 - rows.before,
      left: tapColumns - 1 - columns.before,
      outputHeight,
      outputWidth,
      gapRows: layer.strides[0] - 1,
      gapColumns: layer.strides[1] - 1,
    });
    builder.call('convolveDepthwise', {
      input: spread,
      output,
      kernel,
      bias: 0,
      channels,
      rows: height,
      columns: width,
      imageStep: outputHeight * outputWidth * pixel,
      rowStep: outputWidth * pixel,
      columnStep: pixel,
      taps,
      tapColumns,
      tapStep: outputWidth * pixel,
      turned: true,
    });
  }
}
