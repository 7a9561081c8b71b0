import type { NetworkQuantization } from '@inkcast/training/quantization';

/** How the weights of a network are rounded to int8; what is not set is as `quantizeNetwork` does it. */
export type WeightRounding = Pick<NetworkQuantization, 'maxWeight' | 'roundsByError'>;
