import type { DropoutLayer, Layer } from '../../../models/index.js';
import { dropoutThreshold } from '../../dropout-mask.js';
import type { Backward, Flow } from './flow.js';
import type { SingleLayer } from './group-layers.js';
import { lowerActivation } from './lower-activation.js';
import { lowerDepthwise } from './lower-depthwise.js';
import { lowerAdd, lowerConcat, lowerMultiply } from './lower-joining.js';
import { lowerGlobalPool, lowerPool } from './lower-pooling.js';
import { lowerUpsample } from './lower-upsample.js';

const noBackward: Backward = () => {};

/** A layer that has kernels of its own. */
export function lowerSingle(flow: Flow, layer: SingleLayer): Backward {
  switch (layer.kind) {
    case 'flatten':
      return lowerFlatten(flow, layer);
    case 'dropout':
      return lowerDropout(flow, layer);
    case 'depthwiseConv2d':
      return lowerDepthwise(flow, layer);
    case 'maxPool':
    case 'averagePool':
      return lowerPool(flow, layer);
    case 'globalAveragePool':
      return lowerGlobalPool(flow, layer);
    case 'upsample':
      return lowerUpsample(flow, layer);
    case 'add':
      return lowerAdd(flow, layer);
    case 'multiply':
      return lowerMultiply(flow, layer);
    case 'concat':
      return lowerConcat(flow, layer);
    case 'relu':
    case 'relu6':
    case 'hardSwish':
    case 'sigmoid':
      return lowerActivation(flow, layer, layer.kind);
    case 'softmax':
      return lowerSoftmax(flow, layer);
    case 'input':
      return noBackward;
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

/** A softmax inside the network; the last one is part of the loss. */
function lowerSoftmax(flow: Flow, layer: Layer): Backward {
  const { builder } = flow;
  const [input] = layer.inputs;
  const classes = builder.size(layer.name);
  const output = flow.output(layer.name);
  builder.call('softmax', { logits: flow.value(input), output, classes });
  return () =>
    flow.contribute(input, (gradient) => {
      builder.call('softmaxGradient', { output, slopes: flow.gradient(layer.name), gradient, classes });
    });
}
