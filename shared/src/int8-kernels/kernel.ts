import type { Ties } from './fixed-point.js';

/** Computes one operator's output from the current values of its inputs. */
export type Kernel = () => void;

export interface KernelSettings {
  /** How CONV_2D and FULLY_CONNECTED round ties, which the library leaves to its matrix product. */
  readonly matrixTies: Ties;
}
