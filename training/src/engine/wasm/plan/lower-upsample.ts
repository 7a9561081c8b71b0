import type { UpsampleLayer } from '../../../models/index.js';
import type { Backward, Flow } from './flow.js';

export function lowerUpsample(flow: Flow, layer: UpsampleLayer): Backward {
  const { builder } = flow;
  const [from] = layer.inputs;
  const [height, width = 1, channels = 1] = builder.shape(from);
  const sizes = { height, width, channels, factor: layer.factor };
  builder.call('enlarge', { ...sizes, input: flow.value(from), output: flow.output(layer.name) });
  return () =>
    flow.contribute(from, (gradient) => {
      builder.call('sumBlocks', { ...sizes, slopes: flow.gradient(layer.name), gradient });
    });
}
