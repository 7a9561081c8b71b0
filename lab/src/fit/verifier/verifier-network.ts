import { type Network, NetworkBuilder } from '@inkcast/training/models';
import { VERIFIER_LABELS } from './label-patch.js';
import { PICTURE_SIDE } from './patch.js';

/** Channels of the maps with 2, 4, 8 and 16 pixels per cell. */
const CHANNELS = [12, 24, 48, 96] as const;
const DROPOUT = 0.2;

/**
 * A small residual network (He et al., 2016) that classifies the picture around a candidate. It ends with a global average,
 * so that what it sees may lie anywhere in the picture.
 */
export function verifierNetwork(): Network {
  const builder = new NetworkBuilder('verifier', [PICTURE_SIDE, PICTURE_SIDE, 1]);
  const [half, quarter, eighth, sixteenth] = CHANNELS;
  convolution(builder, half, 2);
  convolution(builder, quarter, 2);
  residual(builder, quarter);
  convolution(builder, eighth, 2);
  residual(builder, eighth);
  convolution(builder, sixteenth, 2);
  return builder.globalAveragePool().flatten().dropout(DROPOUT).dense(VERIFIER_LABELS.length).softmax().build();
}

function convolution(builder: NetworkBuilder, filters: number, strides: number): void {
  builder.conv2d(filters, 3, { strides, padding: 'same', bias: false }).batchNorm().relu();
}

function residual(builder: NetworkBuilder, filters: number): void {
  const shortcut = builder.end;
  convolution(builder, filters, 1);
  convolution(builder, filters, 1);
  builder.add(shortcut);
}
