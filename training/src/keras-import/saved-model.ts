import type { LayerWeights } from './layer-weights.js';
import type { SavedLayer } from './saved-layer.js';

/** A model with its weights, in whatever file it was. */
export interface SavedModel {
  readonly model: SavedLayer;
  readonly weights: LayerWeights;
  /** The program that wrote it, as it names itself. */
  readonly generatedBy: string;
  /** Output index to label, if the file tells. */
  readonly labels?: readonly string[] | undefined;
}
