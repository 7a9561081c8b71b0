import { InkError } from '@inkcast/shared/errors';
import type { DropoutLayer, Layer } from '../../../models/index.js';
import { dropoutThreshold } from '../../dropout-mask.js';
import type { Backward, Flow } from './flow.js';

const noBackward: Backward = () => {};

/** A layer that has kernels of its own. */
export function lowerSingle(flow: Flow, layer: Layer): Backward {
  switch (layer.kind) {
    case 'flatten':
      return lowerFlatten(flow, layer);
    case 'dropout':
      return lowerDropout(flow, layer);
    default:
      throw new InkError('INK_GRAPH_INVALID', `Layer "${layer.name}" is a ${layer.kind}, which has no kernel yet.`);
  }
}

/** Another shape for the same buffer. */
function lowerFlatten(flow: Flow, layer: Layer): Backward {
  const [input] = layer.inputs;
  flow.setValue(layer.name, flow.value(input));
  return () => flow.contributeBuffer(input, flow.gradient(layer.name));
}

function lowerDropout(flow: Flow, layer: DropoutLayer): Backward {
  const { builder } = flow;
  const [input] = layer.inputs;
  if (!flow.training) {
    flow.setValue(layer.name, flow.value(input));
    return noBackward;
  }
  const settings = {
    size: builder.size(layer.name),
    key: builder.dropoutKey(layer.name),
    shard: builder.firstImage,
    threshold: dropoutThreshold(layer.rate),
    scale: 1 / (1 - layer.rate),
  };
  builder.call('applyDropout', { ...settings, input: flow.value(input), output: flow.output(layer.name) });
  return () =>
    flow.contribute(input, (to) => {
      builder.call('applyDropout', { ...settings, input: flow.gradient(layer.name), output: to });
    });
}
