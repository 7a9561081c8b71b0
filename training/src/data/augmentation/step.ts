import type { Random } from '../../random/index.js';
import type { Warp } from './warp.js';

/** A step that bends the picture: it adds to a warp that is applied once, with its neighbours'. */
export interface BendingStep {
  readonly changes: 'geometry';
  bend(warp: Warp, random: Random): void;
}

/** A step that changes the pixels where they are, in place; ink from 0 to 1. */
export interface PaintingStep {
  readonly changes: 'pixels';
  paint(picture: Float32Array, random: Random): void;
}

export type Step = BendingStep | PaintingStep;

/** Size of the pictures that a step is made for; buffers it needs are made once, for this size. */
export interface StepSize {
  readonly width: number;
  readonly height: number;
}
