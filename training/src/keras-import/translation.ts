import type { KerasLayer } from './keras-graph.js';
import type { LayerSettings } from './layer-settings.js';
import type { LayerWeights } from './layer-weights.js';
import type { NetworkAssembler, Value } from './network-assembler.js';

/** A Keras layer with all that is needed to say what it becomes. */
export interface Translation {
  readonly layer: KerasLayer;
  readonly settings: LayerSettings;
  /** What the layers that it reads have become. */
  readonly inputs: readonly Value[];
  readonly weights: LayerWeights;
  readonly network: NetworkAssembler;
  /** What the input's values are to the model where there is no ink, and where there is the most. */
  readonly range: readonly [number, number];
}

/** Adds what a layer becomes to the network. */
export type Translate = (of: Translation) => Value;

/** What a layer that takes one input reads. */
export function only({ inputs, settings }: Translation): Value {
  const [input] = inputs;
  return inputs.length === 1 && input !== undefined ? input : settings.refuse(`reads ${inputs.length} layers`);
}

/** A value that must be a map: height, width, channels. */
export function asMap(value: Value, { settings }: Translation): readonly [number, number, number] {
  const [height, width, channels] = value.shape;
  if (value.shape.length === 3) return [height, width, channels];
  return settings.refuse(`reads the shape ${value.shape.join('x')}, and needs height, width and channels`);
}
