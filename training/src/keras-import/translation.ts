import type { InkRange } from '../evaluation/index.js';
import type { NetworkAssembler, Value } from '../network-assembly/index.js';
import type { KerasLayer } from './keras-graph.js';
import type { LayerSettings } from './layer-settings.js';
import type { LayerWeights } from './layer-weights.js';

/** A Keras layer with everything that its conversion needs. */
export interface Translation {
  readonly layer: KerasLayer;
  readonly settings: LayerSettings;
  /** The conversions of the layers that it reads. */
  readonly inputs: readonly Value[];
  readonly weights: LayerWeights;
  readonly network: NetworkAssembler;
  /** The model's input values for no ink and for full ink. */
  readonly range: InkRange;
}

/** Adds the converted layer to the network. */
export type Translate = (of: Translation) => Value;

/** The input of a layer with one input. */
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
