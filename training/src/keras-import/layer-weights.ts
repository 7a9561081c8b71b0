import type { Tensor } from '../models/index.js';
import type { KerasLayer } from './keras-graph.js';

/** One weight that a layer must have. */
export interface WantedWeight {
  /** Possible names of the weight within its layer. */
  readonly names: readonly [string, ...string[]];
  readonly shape: readonly number[];
}

/** The weights of a saved model. */
export interface LayerWeights {
  /**
   * The weights of a layer, in the order of `wanted`, which is the order in which Keras creates them.
   *
   * @throws InkError INK_CONVERT_INVALID if one is missing, ambiguous or of another shape
   */
  of(layer: KerasLayer, wanted: readonly WantedWeight[]): readonly Tensor[];
}
