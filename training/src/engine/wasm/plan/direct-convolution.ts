import type { Conv2DLayer } from '../../../models/index.js';
import type { ConvolutionGeometry } from './convolution-geometry.js';
import type { ConvolutionMethod } from './convolution-method.js';
import { packedPanels, transposedPanels } from './packing.js';
import type { PlanBuilder } from './plan-builder.js';
import type { Argument, Buffer } from './program.js';

/** Any convolution, as products of its windows (overlapping rows of the padded map) with the packed kernel. */
export class DirectConvolution implements ConvolutionMethod {
  readonly #builder: PlanBuilder;
  readonly #kernel: string;
  readonly #geometry: ConvolutionGeometry;

  constructor(builder: PlanBuilder, layer: Conv2DLayer, geometry: ConvolutionGeometry) {
    this.#builder = builder;
    this.#kernel = `${layer.name}/kernel`;
    this.#geometry = geometry;
  }

  forward(input: Buffer, output: Buffer, bias: Argument, relu: boolean): void {
    const { depth, filters, rows, columns, channels, isPointwise } = this.#geometry;
    const panels = packedPanels(this.#builder, this.#kernel, depth, filters);
    if (isPointwise) {
      const sizes = { rows: rows * columns, depth: channels, columns: filters };
      this.#builder.call('multiplyMatrix', { ...sizes, a: input, c: output, panels, bias, relu });
    } else {
      const from = this.#padded(input);
      this.#builder.call('convolve', { ...this.#windows(), input: from, output, panels, bias, rows, columns, relu });
    }
  }

  forwardPooled(input: Buffer, output: Buffer, places: Buffer, bias: Argument): void {
    const { depth, filters, slopeRows, slopeColumns } = this.#geometry;
    this.#builder.call('convolveAndPool', {
      ...this.#windows(),
      input: this.#padded(input),
      output,
      places,
      scratch: this.#builder.transient(2 * slopeColumns * filters * 4),
      panels: packedPanels(this.#builder, this.#kernel, depth, filters),
      bias,
      rows: slopeRows / 2,
      columns: slopeColumns,
    });
  }

  kernelGradient(input: Buffer, slopes: Buffer, gradient: Buffer): void {
    const { depth, filters, slopeRows, slopeColumns, channels, paddedWidth, tapColumns } = this.#geometry;
    const { imageStep, rowStep, columnStep } = this.#windows();
    const offsets = Uint32Array.from({ length: depth }, (_, k) => {
      const tap = Math.floor(k / channels);
      const pixel = Math.floor(tap / tapColumns) * paddedWidth + (tap % tapColumns);
      return (pixel * channels + (k % channels)) * 4;
    });
    this.#builder.call('addKernelGradient', {
      input: this.#padded(input),
      slopes,
      gradient,
      offsets: this.#builder.constant(offsets),
      depth,
      filters,
      rows: slopeRows,
      columns: slopeColumns,
      imageStep,
      rowStep,
      columnStep,
    });
  }

  /**
   * The input gradient is a convolution of the padded slopes with the kernel turned round; where the convolution has
   * strides, zeros go between the slopes' pixels.
   */
  inputGradient(slopes: Buffer, to: Buffer): void {
    const { height, width, channels, filters, taps, tapColumns, rows, columns, isPointwise } = this.#geometry;
    const turned = { taps: taps * tapColumns, channels, filters };
    const panels = transposedPanels(this.#builder, this.#kernel, turned);
    if (isPointwise) {
      const sizes = { rows: rows * columns, depth: filters, columns: channels };
      this.#builder.call('multiplyMatrix', { ...sizes, a: slopes, c: to, panels, bias: 0, relu: false });
      return;
    }
    const outputWidth = width + tapColumns - 1;
    const row = outputWidth * filters * 4;
    this.#builder.call('convolve', {
      input: this.#spread(slopes),
      output: to,
      panels,
      bias: 0,
      filters: channels,
      rows: height,
      columns: width,
      imageStep: (height + taps - 1) * row,
      rowStep: row,
      columnStep: filters * 4,
      taps,
      tapStep: row,
      length: tapColumns * filters,
      relu: false,
    });
  }

  /** The slopes with room around them, and with the strides' gaps. */
  #spread(slopes: Buffer): Buffer {
    const { height, width, filters, taps, tapColumns, slopeRows, slopeColumns, strides, top, left } = this.#geometry;
    const outputHeight = height + taps - 1;
    const outputWidth = width + tapColumns - 1;
    const output = this.#builder.perImage(outputHeight * outputWidth * filters);
    this.#builder.call('padMaps', {
      input: slopes,
      output,
      height: slopeRows,
      width: slopeColumns,
      channels: filters,
      top: taps - 1 - top,
      left: tapColumns - 1 - left,
      outputHeight,
      outputWidth,
      gapRows: strides[0] - 1,
      gapColumns: strides[1] - 1,
    });
    return output;
  }

  /** The map with its padding: the input itself where there is none. */
  #padded(input: Buffer): Buffer {
    const { isPadded, height, width, channels, top, left, paddedHeight, paddedWidth } = this.#geometry;
    if (!isPadded) return input;
    const output = this.#builder.perImage(paddedHeight * paddedWidth * channels);
    this.#builder.call('padMaps', {
      ...{ input, output, height, width, channels, top, left },
      ...{ outputHeight: paddedHeight, outputWidth: paddedWidth, gapRows: 0, gapColumns: 0 },
    });
    return output;
  }

  /** How the windows lie in the padded map, in bytes. */
  #windows() {
    const { paddedHeight, paddedWidth, channels, strides, taps, tapColumns, filters } = this.#geometry;
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
}
