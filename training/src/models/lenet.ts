import { type ModelOptions, scaledBlocks, scaledChannels } from './model-options.js';
import type { Network } from './network.js';
import { NetworkBuilder } from './network-builder.js';

/**
 * The network of the classic Keras tutorial, after LeNet's pattern: two convolutions with pooling, a dense layer with
 * dropout. 225,034 parameters for 28x28x1 pictures and ten classes. `depth` repeats the hidden dense layer.
 */
export function lenet(options: ModelOptions): Network {
  const { inputShape, classes, width, depth } = options;
  const builder = new NetworkBuilder('lenet', inputShape)
    .conv2d(scaledChannels(32, width), 3)
    .relu()
    .maxPool(2)
    .conv2d(scaledChannels(64, width), 3)
    .relu()
    .maxPool(2)
    .flatten();
  for (let hidden = 0; hidden < scaledBlocks(1, depth); hidden++) builder.dense(scaledChannels(128, width)).relu();
  return builder.dropout(0.5).dense(classes).softmax().build();
}
