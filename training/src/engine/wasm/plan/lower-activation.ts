import type { Layer } from '../../../models/index.js';
import type { Backward, Flow } from './flow.js';

type ActivationKind = 'relu' | 'relu6' | 'hardSwish' | 'sigmoid';

/** A function of each value by itself, where no kernel before it could take it along. */
export function lowerActivation(flow: Flow, layer: Layer, kind: ActivationKind): Backward {
  const { builder } = flow;
  const [from] = layer.inputs;
  const size = builder.size(layer.name);
  const input = flow.value(from);
  const output = flow.output(layer.name);
  builder.call(kind, { input, output, size });
  return () =>
    flow.contribute(from, (gradient) => {
      const slopes = flow.gradient(layer.name);
      switch (kind) {
        case 'relu':
          return builder.call('reluGradient', { output, slopes, gradient, size, limit: Number.POSITIVE_INFINITY });
        case 'relu6':
          return builder.call('reluGradient', { output, slopes, gradient, size, limit: 6 });
        case 'hardSwish':
          return builder.call('hardSwishGradient', { input, slopes, gradient, size });
        case 'sigmoid':
          return builder.call('sigmoidGradient', { output, slopes, gradient, size });
      }
    });
}
