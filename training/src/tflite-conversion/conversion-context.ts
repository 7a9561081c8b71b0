import type { Shape } from '../models/index.js';
import type { GraphBuilder } from '../tflite/index.js';

/** A graph that grows layer by layer, with the tensor that holds each layer's output. */
export interface ConversionContext {
  readonly graph: GraphBuilder;
  readonly shapes: ReadonlyMap<string, Shape>;
  /** The tensor that holds a folded layer's output. */
  tensorOf(name: string): number;
  /** A new tensor for the output of the layer called `name`. */
  output(name: string, shape: Shape): number;
  /** A new tensor called `name` with the values of `input` in another shape. */
  reshaped(name: string, input: number, shape: Shape): number;
}
