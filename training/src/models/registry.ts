import { InkError } from '@inkcast/shared/errors';
import { compact } from './compact.js';
import { efficientnet } from './efficientnet.js';
import { lenet } from './lenet.js';
import { mobilenet } from './mobilenet.js';
import { DEFAULT_MODEL_OPTIONS, type ModelOptions } from './model-options.js';
import type { Network } from './network.js';

/** A model with a name. */
export interface Model {
  readonly name: string;
  /** One line for lists. */
  readonly summary: string;
  build(options: ModelOptions): Network;
}

/** All models, the simplest first. */
export const MODELS: readonly Model[] = [
  { name: 'lenet', summary: "the tutorial's network: two convolutions, two dense layers", build: lenet },
  { name: 'compact', summary: 'ours: residual 3x3 convolutions, under 100,000 parameters', build: compact },
  { name: 'mobilenet', summary: 'depthwise-separable convolutions', build: mobilenet },
  { name: 'efficientnet', summary: 'inverted bottlenecks with squeeze-and-excite attention', build: efficientnet },
];

/**
 * Builds the model called `name`; what `options` leaves out is as for MNIST.
 *
 * @throws InkError INK_MODEL_UNKNOWN, or INK_GRAPH_INVALID where the options do not fit the model
 */
export function buildModel(name: string, options: Partial<ModelOptions> = {}): Network {
  const model = MODELS.find((candidate) => candidate.name === name);
  if (model === undefined) {
    const known = MODELS.map((candidate) => candidate.name).join(', ');
    throw new InkError('INK_MODEL_UNKNOWN', `There is no model "${name}". The models are ${known}.`);
  }
  return model.build({ ...DEFAULT_MODEL_OPTIONS, ...options });
}
