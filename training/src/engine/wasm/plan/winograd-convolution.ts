import type { Conv2DLayer } from '../../../models/index.js';
import type { ConvolutionGeometry } from './convolution-geometry.js';
import type { ConvolutionMethod } from './convolution-method.js';
import { winogradPanels } from './packing.js';
import type { PlanBuilder } from './plan-builder.js';
import type { Argument, Buffer } from './program.js';

/** What a tile's four outputs go through: the kernel's `mode`. */
const MODES = { store: 0, relu: 1, pool: 2 } as const;

// Tiles that go through together: their transforms stay in the second-level cache for up to some hundred channels.
const BLOCK = 48;
// The kernel gradient keeps sums over a block in registers, so that a longer one pays.
const GRADIENT_BLOCK = 64;

/** Bytes of sixteen planes of `values`, each with a cache line more. */
const planes = (values: number): number => 16 * (4 * values + 64);

/** Whether the transform wins: 3x3 without strides, whole panels of channels on both sides. */
export function suitsWinograd({ taps, tapColumns, strides, channels, filters }: ConvolutionGeometry): boolean {
  const isThree = taps === 3 && tapColumns === 3 && strides[0] === 1 && strides[1] === 1;
  return isThree && channels % 8 === 0 && filters % 8 === 0;
}

/** A map cut into tiles of 2x2 outputs. */
interface Tiling {
  readonly channels: number;
  readonly filters: number;
  readonly tileRows: number;
  readonly tileColumns: number;
  readonly rowBytes: number;
  readonly imageBytes: number;
}

/** 3x3 convolutions by F(2x2, 3x3): 16 products where the direct way takes 36. */
export class WinogradConvolution implements ConvolutionMethod {
  readonly #builder: PlanBuilder;
  readonly #kernel: string;
  readonly #geometry: ConvolutionGeometry;

  constructor(builder: PlanBuilder, layer: Conv2DLayer, geometry: ConvolutionGeometry) {
    this.#builder = builder;
    this.#kernel = `${layer.name}/kernel`;
    this.#geometry = geometry;
  }

  forward(input: Buffer, output: Buffer, bias: Argument, relu: boolean): void {
    const { rows, columns } = this.#geometry;
    const [from, tiling] = this.#tileInput(input, rows, columns);
    this.#convolve(from, tiling, { output, places: 0, height: rows, width: columns }, bias, relu ? 'relu' : 'store');
  }

  forwardPooled(input: Buffer, output: Buffer, places: Buffer, bias: Argument): void {
    const { slopeRows, slopeColumns } = this.#geometry;
    const [from, tiling] = this.#tileInput(input, slopeRows, slopeColumns);
    this.#convolve(from, tiling, { output, places, height: slopeRows, width: slopeColumns }, bias, 'pool');
  }

  kernelGradient(input: Buffer, slopes: Buffer, gradient: Buffer): void {
    const { channels, filters, slopeRows, slopeColumns } = this.#geometry;
    const [from, tiling] = this.#tileInput(input, slopeRows, slopeColumns);
    const even = this.#fit(slopes, {
      ...{ height: slopeRows, width: slopeColumns, channels: filters, top: 0, left: 0 },
      ...{ outputHeight: 2 * tiling.tileRows, outputWidth: 2 * tiling.tileColumns },
    });
    this.#builder.call('addWinogradGradient', {
      ...tiling,
      input: from,
      slopes: even,
      gradient,
      offsets: this.#builder.constant(Uint32Array.from({ length: channels }, (_, channel) => channel * 4)),
      block: GRADIENT_BLOCK,
      scratch: this.#builder.transient(
        planes(GRADIENT_BLOCK * channels) + planes(GRADIENT_BLOCK * filters) + planes(channels * filters),
      ),
    });
  }

  /** The same convolution over the padded slopes, channels and filters exchanged, the kernel turned round. */
  inputGradient(slopes: Buffer, to: Buffer): void {
    const { height, width, channels, filters, top, left, slopeRows, slopeColumns } = this.#geometry;
    // Beyond these no slope reaches; a pool may have left out the last row and column.
    const tileRows = Math.ceil(Math.min(height, slopeRows + 2 - top) / 2);
    const tileColumns = Math.ceil(Math.min(width, slopeColumns + 2 - left) / 2);
    const outputHeight = 2 * tileRows + 2;
    const outputWidth = 2 * tileColumns + 2;
    const padded = this.#fit(slopes, {
      ...{ height: slopeRows, width: slopeColumns, channels: filters, top: 2 - top, left: 2 - left },
      ...{
        outputHeight: Math.max(outputHeight, slopeRows + 2 - top),
        outputWidth: Math.max(outputWidth, slopeColumns + 2 - left),
      },
    });
    const rowBytes = Math.max(outputWidth, slopeColumns + 2 - left) * filters * 4;
    const imageBytes = Math.max(outputHeight, slopeRows + 2 - top) * rowBytes;
    this.#builder.call('convolveWinograd', {
      ...{ tileRows, tileColumns, rowBytes, imageBytes },
      input: padded,
      output: to,
      places: 0,
      panels: winogradPanels(this.#builder, this.#kernel, { channels, filters, turned: true }),
      bias: 0,
      channels: filters,
      filters: channels,
      height,
      width,
      mode: MODES.store,
      block: BLOCK,
      scratch: this.#scratch(filters),
    });
  }

  #convolve(
    input: Buffer,
    tiling: Tiling,
    target: { output: Buffer; places: Buffer | 0; height: number; width: number },
    bias: Argument,
    mode: keyof typeof MODES,
  ): void {
    const { channels, filters } = this.#geometry;
    this.#builder.call('convolveWinograd', {
      ...tiling,
      ...target,
      input,
      panels: winogradPanels(this.#builder, this.#kernel, { channels, filters, turned: false }),
      bias,
      mode: MODES[mode],
      block: BLOCK,
      scratch: this.#scratch(channels),
    });
  }

  /** The input with its padding, and enough of it for whole tiles over `rows` x `columns` outputs. */
  #tileInput(input: Buffer, rows: number, columns: number): [Buffer, Tiling] {
    const { height, width, channels, filters, top, left } = this.#geometry;
    const tileRows = Math.ceil(rows / 2);
    const tileColumns = Math.ceil(columns / 2);
    const outputHeight = Math.max(2 * tileRows + 2, height + top);
    const outputWidth = Math.max(2 * tileColumns + 2, width + left);
    const padded = this.#fit(input, { height, width, channels, top, left, outputHeight, outputWidth });
    const rowBytes = outputWidth * channels * 4;
    return [padded, { channels, filters, tileRows, tileColumns, rowBytes, imageBytes: outputHeight * rowBytes }];
  }

  /** Maps in the middle of larger ones; the same buffer where nothing is added. */
  #fit(
    input: Buffer,
    sizes: {
      readonly height: number;
      readonly width: number;
      readonly channels: number;
      readonly top: number;
      readonly left: number;
      readonly outputHeight: number;
      readonly outputWidth: number;
    },
  ): Buffer {
    if (sizes.outputHeight === sizes.height && sizes.outputWidth === sizes.width) return input;
    const output = this.#builder.perImage(sizes.outputHeight * sizes.outputWidth * sizes.channels);
    this.#builder.call('padMaps', { ...sizes, input, output, gapRows: 0, gapColumns: 0 });
    return output;
  }

  #scratch(channels: number): Buffer {
    return this.#builder.transient(planes(BLOCK * channels) + planes(BLOCK * 8) + 64);
  }
}
