import type { PictureShape } from '../data/index.js';

/** A trained model that can be asked: a network in the training engine, or a .tflite file in TensorFlow Lite. */
export interface Predictor {
  /** What messages and reports call it. */
  readonly name: string;
  readonly shape: PictureShape;
  /** Output index to label. */
  readonly labels: readonly string[];
  /** What a probability of zero counts as: an output cannot say less than its resolution. */
  readonly floor: number;
  /**
   * Probabilities, `count` x labels.
   *
   * @param images `count` pictures, ink from 0 to 255, row-major
   */
  predict(images: Uint8Array, count: number): Promise<Float32Array>;
  /** Frees what the model holds: threads or native memory. */
  close(): Promise<void>;
}
