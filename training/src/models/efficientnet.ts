import { type ModelOptions, scaledBlocks, scaledChannels } from './model-options.js';
import type { Network } from './network.js';
import { NetworkBuilder } from './network-builder.js';

interface Stage {
  readonly channels: number;
  readonly kernel: number;
  readonly stride: number;
  /** Factor of the channels inside a block. */
  readonly expansion: number;
  readonly blocks: number;
}

/** For pictures of 28 pixels a side. */
const STAGES: readonly Stage[] = [
  { channels: 16, kernel: 3, stride: 1, expansion: 1, blocks: 1 },
  { channels: 24, kernel: 3, stride: 2, expansion: 4, blocks: 2 },
  { channels: 40, kernel: 5, stride: 2, expansion: 4, blocks: 2 },
];

/**
 * Inverted bottlenecks with squeeze-and-excite attention after Tan and Le, "EfficientNet", 2019, in a size for small
 * pictures. Hard swish (Howard et al., 2019) replaces swish, because it keeps its accuracy in int8.
 */
export function efficientnet(options: ModelOptions): Network {
  const { inputShape, classes, width, depth } = options;
  const builder = new NetworkBuilder('efficientnet', inputShape)
    .conv2d(scaledChannels(16, width), 3, { padding: 'same', bias: false })
    .batchNorm()
    .hardSwish();
  let channels = scaledChannels(16, width);
  for (const stage of STAGES) {
    for (let block = 0; block < scaledBlocks(stage.blocks, depth); block++) {
      const output = scaledChannels(stage.channels, width);
      const stride = block === 0 ? stage.stride : 1;
      invertedBottleneck(builder, { ...stage, stride, input: channels, channels: output });
      channels = output;
    }
  }
  return builder
    .conv2d(scaledChannels(96, width), 1, { bias: false })
    .batchNorm()
    .hardSwish()
    .globalAveragePool()
    .flatten()
    .dropout(0.2)
    .dense(classes)
    .softmax()
    .build();
}

function invertedBottleneck(builder: NetworkBuilder, block: Stage & { readonly input: number }): void {
  const { input, channels, kernel, stride, expansion } = block;
  const shortcut = builder.end;
  const inner = input * expansion;
  if (expansion > 1) builder.conv2d(inner, 1, { bias: false }).batchNorm().hardSwish();
  builder.depthwiseConv2d(kernel, { strides: stride, padding: 'same', bias: false }).batchNorm().hardSwish();
  attention(builder, inner, Math.max(8, Math.round(input / 4)));
  builder.conv2d(channels, 1, { bias: false }).batchNorm();
  if (stride === 1 && input === channels) builder.add(shortcut);
}

/** Weights the channels by the content of the whole map: Hu et al., "Squeeze-and-Excitation Networks", 2018. */
function attention(builder: NetworkBuilder, channels: number, squeezed: number): void {
  const map = builder.end;
  builder.globalAveragePool().conv2d(squeezed, 1).relu().conv2d(channels, 1).sigmoid().multiplyOver(map);
}
