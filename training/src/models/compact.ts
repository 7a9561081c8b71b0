import { type ModelOptions, scaledBlocks, scaledChannels } from './model-options.js';
import type { Network } from './network.js';
import { NetworkBuilder } from './network-builder.js';

/**
 * A network with high accuracy and fewer than 100,000 parameters. It has three stages of 3x3 convolutions with batch
 * normalisation, on maps of 28, 14 and 7 pixels per side. The last two stages have residual units (He et al., "Deep
 * Residual Learning", 2016). A depthwise convolution as large as the map replaces the mean over the last map, as in
 * MobileFaceNets (Chen et al., 2018), because the place of a stroke distinguishes digits. `depth` is the number of residual
 * units per stage.
 */
export function compact(options: ModelOptions): Network {
  const { inputShape, classes, width, depth } = options;
  const builder = new NetworkBuilder('compact', inputShape);
  convolution(builder, scaledChannels(16, width)).relu().maxPool(2);
  let side = [Math.floor(inputShape[0] / 2), Math.floor(inputShape[1] / 2)] as const;
  for (const [channels, isLast] of [
    [scaledChannels(32, width), false],
    [scaledChannels(64, width), true],
  ] as const) {
    convolution(builder, channels).relu();
    for (let unit = 0; unit < scaledBlocks(1, depth); unit++) {
      const shortcut = builder.end;
      convolution(builder, channels).add(shortcut).relu();
    }
    if (!isLast) {
      builder.maxPool(2);
      side = [Math.floor(side[0] / 2), Math.floor(side[1] / 2)];
    }
  }
  return builder
    .depthwiseConv2d(side, { bias: false })
    .batchNorm()
    .flatten()
    .dropout(0.2)
    .dense(classes)
    .softmax()
    .build();
}

function convolution(builder: NetworkBuilder, channels: number): NetworkBuilder {
  return builder.conv2d(channels, 3, { padding: 'same', bias: false }).batchNorm();
}
