import { type Conv2DLayer, windowGeometry } from '../../../models/index.js';
import { lookUp } from '../../look-up.js';
import type { PlanBuilder } from './plan-builder.js';

/** The sizes that a convolution's calls are made of. */
export interface ConvolutionGeometry {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly filters: number;
  readonly taps: number;
  readonly tapColumns: number;
  /** Padding before the first row and column; the maps with padding all around are `paddedHeight` x `paddedWidth`. */
  readonly top: number;
  readonly left: number;
  readonly paddedHeight: number;
  readonly paddedWidth: number;
  readonly isPadded: boolean;
  /** Output of the convolution. */
  readonly rows: number;
  readonly columns: number;
  /** The part of the output by which a gradient comes: a 2x2 pool does not read the last of an odd number. */
  readonly slopeRows: number;
  readonly slopeColumns: number;
  readonly strides: readonly [number, number];
  /** Values that one output value is a sum of. */
  readonly depth: number;
  /** One tap, no stride, no padding: a plain matrix product over all pixels. */
  readonly isPointwise: boolean;
}

/** @param isPooled a 2x2 max pool is computed together with the convolution */
export function convolutionGeometry(builder: PlanBuilder, layer: Conv2DLayer, isPooled: boolean): ConvolutionGeometry {
  const [height, width = 1, channels = 1] = lookUp(builder.shapes, layer.inputs[0]);
  const { rows, columns } = windowGeometry([height, width], layer.kernel, layer.strides, layer.padding);
  const [taps, tapColumns] = layer.kernel;
  const isPadded = rows.before + rows.after + columns.before + columns.after > 0;
  return {
    height,
    width,
    channels,
    filters: layer.filters,
    taps,
    tapColumns,
    top: rows.before,
    left: columns.before,
    paddedHeight: height + rows.before + rows.after,
    paddedWidth: width + columns.before + columns.after,
    isPadded,
    rows: rows.output,
    columns: columns.output,
    slopeRows: isPooled ? 2 * Math.floor(rows.output / 2) : rows.output,
    slopeColumns: isPooled ? 2 * Math.floor(columns.output / 2) : columns.output,
    strides: layer.strides,
    depth: taps * tapColumns * channels,
    isPointwise: taps * tapColumns * layer.strides[0] * layer.strides[1] === 1 && !isPadded,
  };
}
