import { type ModelOptions, scaledBlocks, scaledChannels } from './model-options.js';
import type { Network } from './network.js';
import { NetworkBuilder } from './network-builder.js';

/** Channels, first stride and number of blocks of each stage, for pictures of 28 pixels a side. */
const STAGES = [
  { channels: 32, stride: 2, blocks: 2 },
  { channels: 64, stride: 2, blocks: 2 },
  { channels: 128, stride: 1, blocks: 2 },
] as const;

/**
 * Depthwise-separable convolutions after Howard et al., "MobileNets", 2017, in a size for small pictures: a depthwise 3x3
 * convolution, then a 1x1 convolution over the channels, each with batch normalisation and ReLU6.
 */
export function mobilenet(options: ModelOptions): Network {
  const { inputShape, classes, width, depth } = options;
  const builder = new NetworkBuilder('mobilenet', inputShape)
    .conv2d(scaledChannels(16, width), 3, { padding: 'same', bias: false })
    .batchNorm()
    .relu6();
  for (const { channels, stride, blocks } of STAGES) {
    for (let block = 0; block < scaledBlocks(blocks, depth); block++) {
      builder
        .depthwiseConv2d(3, { strides: block === 0 ? stride : 1, padding: 'same', bias: false })
        .batchNorm()
        .relu6()
        .conv2d(scaledChannels(channels, width), 1, { bias: false })
        .batchNorm()
        .relu6();
    }
  }
  return builder.globalAveragePool().flatten().dropout(0.2).dense(classes).softmax().build();
}
