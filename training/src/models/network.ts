import type { Layer } from './layer.js';

/**
 * A network before anything runs it: its layers in an order in which each comes after those it reads, the first being
 * the only input and the last the output. The engine trains it, quantization turns it into an int8 graph.
 */
export interface Network {
  readonly name: string;
  readonly layers: readonly Layer[];
}
