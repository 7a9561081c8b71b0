import type { Random } from '../../random/index.js';
import type { Warp } from './warp.js';

/** A step that changes the geometry. It adds to a warp that is applied once for all neighbouring steps of this kind. */
export interface BendingStep {
  readonly changes: 'geometry';
  bend(warp: Warp, random: Random): void;
}

/** A step that changes the values of pixels, in place; ink from 0 to 1. */
export interface PaintingStep {
  readonly changes: 'pixels';
  paint(picture: Float32Array, random: Random): void;
}

export type Step = BendingStep | PaintingStep;

/** Size of the pictures for a step. The step allocates its buffers once, for this size. */
export interface StepSize {
  readonly width: number;
  readonly height: number;
}
