import { type Network, NetworkBuilder } from '@inkcast/training/models';
import { convolution, residual } from '../network-parts.js';
import { VERIFIER_LABELS } from './label-patch.js';
import { PICTURE_SIDE } from './patch.js';

/** Channels of the maps with 2, 4, 8 and 16 pixels per cell. */
const CHANNELS = [12, 24, 48, 96] as const;
const DROPOUT = 0.2;

/**
 * A small residual network that classifies the picture around a candidate. It ends with a global average,
 * so that what it sees may lie anywhere in the picture.
 */
export function verifierNetwork(): Network {
  const builder = new NetworkBuilder('verifier', [PICTURE_SIDE, PICTURE_SIDE, 1]);
  const [half, quarter, eighth, sixteenth] = CHANNELS;
  convolution(builder, half, 2);
  convolution(builder, quarter, 2);
  residual(builder, () => convolution(builder, quarter, 1));
  convolution(builder, eighth, 2);
  residual(builder, () => convolution(builder, eighth, 1));
  convolution(builder, sixteenth, 2);
  return builder.globalAveragePool().flatten().dropout(DROPOUT).dense(VERIFIER_LABELS.length).softmax().build();
}
