import type { Conv2DLayer } from '../../../models/index.js';
import type { ConvolutionGeometry } from './convolution-geometry.js';
import type { ConvolutionMethod } from './convolution-method.js';
import { type GradientPhase, gradientPhases, phasePadding } from './gradient-phases.js';
import { packedPanels, transposedPanels } from './packing.js';
import type { PlanBuilder } from './plan-builder.js';
import { type Argument, at, type Buffer } from './program.js';

/** Slopes in the middle of zeros. */
interface PaddedSlopes {
  readonly slopes: Buffer;
  readonly height: number;
  readonly width: number;
  readonly top: number;
  readonly left: number;
}

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
      this.#builder.call('convolve', {
        ...this.#windows(),
        ...{ input: this.#padded(input), output, panels, bias, rows, columns, relu },
        pixelStep: filters * 4,
        outputRow: columns * filters * 4,
        outputImage: rows * columns * filters * 4,
      });
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
   * The input gradient is a convolution of the padded slopes with the kernel turned round. With strides, only some of
   * the taps reach a pixel, others its neighbours: each phase of the pixels has a convolution of its own, of these taps.
   */
  inputGradient(slopes: Buffer, to: Buffer): void {
    const { height, width, channels, filters, taps, tapColumns, rows, columns, strides, top, left, isPointwise } =
      this.#geometry;
    if (isPointwise) {
      const panels = transposedPanels(this.#builder, this.#kernel, { taps: [0], channels, filters });
      const sizes = { rows: rows * columns, depth: filters, columns: channels };
      this.#builder.call('multiplyMatrix', { ...sizes, a: slopes, c: to, panels, bias: 0, relu: false });
      return;
    }
    const rowPhases = gradientPhases(height, strides[0], taps, top);
    const columnPhases = gradientPhases(width, strides[1], tapColumns, left);
    const source = this.#padSlopes(slopes, rowPhases, columnPhases);
    if ([...rowPhases, ...columnPhases].some((phase) => phase.taps.length === 0)) {
      this.#builder.call('fillZero', { output: to, size: height * width * channels * this.#builder.shardImages });
    }
    for (const row of rowPhases) for (const column of columnPhases) this.#phaseGradient(source, to, row, column);
  }

  #phaseGradient(source: PaddedSlopes, to: Buffer, row: GradientPhase, column: GradientPhase): void {
    const { height, width, channels, filters, tapColumns, strides } = this.#geometry;
    const taps = row.taps.flatMap((y) => column.taps.map((x) => y * tapColumns + x));
    if (taps.length === 0) return;
    const pixel = filters * 4;
    const line = source.width * pixel;
    this.#builder.call('convolve', {
      input: at(source.slopes, (source.top + row.slope) * line + (source.left + column.slope) * pixel),
      output: at(to, (row.first * width + column.first) * channels * 4),
      panels: transposedPanels(this.#builder, this.#kernel, { taps, channels, filters }),
      bias: 0,
      filters: channels,
      rows: row.pixels,
      columns: column.pixels,
      imageStep: source.height * line,
      rowStep: line,
      columnStep: pixel,
      taps: row.taps.length,
      tapStep: line,
      length: column.taps.length * filters,
      relu: false,
      pixelStep: strides[1] * channels * 4,
      outputRow: strides[0] * width * channels * 4,
      outputImage: height * width * channels * 4,
    });
  }

  /** The slopes with zeros wherever a phase reads beyond them. */
  #padSlopes(
    slopes: Buffer,
    rowPhases: readonly GradientPhase[],
    columnPhases: readonly GradientPhase[],
  ): PaddedSlopes {
    const { filters, slopeRows, slopeColumns } = this.#geometry;
    const { before: top, after: below } = phasePadding(rowPhases, slopeRows);
    const { before: left, after: right } = phasePadding(columnPhases, slopeColumns);
    const height = slopeRows + top + below;
    const width = slopeColumns + left + right;
    if (height === slopeRows && width === slopeColumns) return { slopes, height, width, top, left };
    const output = this.#builder.perImage(height * width * filters);
    this.#builder.call('padMaps', {
      ...{ input: slopes, output, height: slopeRows, width: slopeColumns, channels: filters, top, left },
      ...{ outputHeight: height, outputWidth: width, gapRows: 0, gapColumns: 0 },
    });
    return { slopes: output, height, width, top, left };
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
