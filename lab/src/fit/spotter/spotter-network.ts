import { CELL_VALUES } from '@inkcast/shared/spots';
import { type Network, NetworkBuilder } from '@inkcast/training/models';
import { convolution, residual } from '../network-parts.js';

/** Channels of a spotter's maps with 2, 4, 8 and 16 pixels per cell. */
export type SpotterChannels = readonly [half: number, quarter: number, eighth: number, sixteenth: number];

export const SPOTTER_CHANNELS: SpotterChannels = [16, 24, 48, 96];
/** Number of pairs of separable convolutions on the coarsest map, which sees the surroundings of a digit. */
const COARSE_UNITS = 3;

/**
 * A network that predicts for each cell of 4x4 pixels which digit has its centre there, and its size. It computes maps with
 * 2, 4, 8 and 16 pixels per cell, and adds the coarser maps, which see the surroundings, to the finer ones, like a feature
 * pyramid (Lin et al., 2017). Full convolutions are used only on maps with few cells, where they are fast. On the finest and
 * the coarsest map, convolutions are separable (Howard et al., "MobileNets", 2017).
 *
 * @param side of the input in pixels, a multiple of 16
 */
export function spotterNetwork(channels: SpotterChannels, side: number): Network {
  const builder = new NetworkBuilder('spotter', [side, side, 1]);
  const [half, quarter, eighth, sixteenth] = channels;
  convolution(builder, half, 2);
  convolution(builder, quarter, 2);
  residual(builder, () => separable(builder, quarter));
  const fine = builder.end;
  convolution(builder, eighth, 2);
  residual(builder, () => convolution(builder, eighth, 1));
  const middle = builder.end;
  convolution(builder, sixteenth, 2);
  for (let unit = 0; unit < COARSE_UNITS; unit++) residual(builder, () => separable(builder, sixteenth));
  enlarge(builder, eighth, middle);
  residual(builder, () => separable(builder, eighth));
  enlarge(builder, quarter, fine);
  residual(builder, () => separable(builder, quarter));
  return builder.conv2d(CELL_VALUES, 1, { name: 'spots' }).build();
}

function separable(builder: NetworkBuilder, filters: number): void {
  builder.depthwiseConv2d(3, { padding: 'same', bias: false }).batchNorm().relu();
  builder.conv2d(filters, 1, { bias: false }).batchNorm().relu();
}

/** Enlarges a coarse map by two and adds it to a finer one. */
function enlarge(builder: NetworkBuilder, filters: number, finer: string): void {
  builder.conv2d(filters, 1, { bias: false }).batchNorm().upsample(2).add(finer);
}
