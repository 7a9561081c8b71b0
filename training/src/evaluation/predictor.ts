import type { PictureShape } from '../data/portable/index.js';

/** The values of a model's input for no ink and for full ink. */
export type InkRange = readonly [least: number, most: number];

/** One model, for pictures with different ranges. */
export interface RangedPredictors {
  /** The model for one range, until `close`. It needs no closing of its own. */
  of(range: InkRange): Predictor;
  close(): Promise<void>;
}

/** A trained model that makes predictions: a network in the training engine, or a .tflite file in TensorFlow Lite. */
export interface Predictor {
  /** Name of the model in messages and reports. */
  readonly name: string;
  readonly shape: PictureShape;
  /** Output index to label. */
  readonly labels: readonly string[];
  /** The value that replaces a probability of zero, because the output has a limited resolution. */
  readonly floor: number;
  /**
   * Probabilities, `count` x labels.
   *
   * @param images `count` pictures, ink from 0 to 255, row-major
   */
  predict(images: Uint8Array, count: number): Promise<Float32Array>;
  /** Frees the model's threads or native memory. */
  close(): Promise<void>;
}
