import { Random } from '../../random/index.js';
import { type AugmentationStep, createStep } from './augmentation-schema.js';
import type { Step, StepSize } from './step.js';
import { Warp } from './warp.js';

/**
 * Applies the steps of an augmentation in order, to one picture at a time. The result depends only on the seed, the epoch
 * and the index of the picture in the data set, not on its batch or on earlier pictures.
 */
export class Augmenter {
  readonly #steps: readonly { readonly step: Step; readonly probability: number }[];
  readonly #warp: Warp;
  readonly #seed: number;

  constructor(steps: readonly AugmentationStep[], size: StepSize, seed: number) {
    this.#steps = steps.map((step) => ({ step: createStep(step, size), probability: step.probability }));
    this.#warp = new Warp(size.width, size.height);
    this.#seed = seed;
  }

  /** @param picture ink from 0 to 1, changed in place */
  augment(picture: Float32Array, epoch: number, index: number): void {
    const random = new Random(this.#seed).fork(epoch).fork(index);
    let bent = false;
    for (const { step, probability } of this.#steps) {
      if (probability < 1 && random.next() >= probability) continue;
      if (step.changes === 'geometry') {
        if (!bent) this.#warp.reset();
        bent = true;
        step.bend(this.#warp, random);
      } else {
        if (bent) this.#warp.apply(picture);
        bent = false;
        step.paint(picture, random);
      }
    }
    if (bent) this.#warp.apply(picture);
  }
}
