import { z } from 'zod';
import { blur, blurSchema } from './blur.js';
import { cutout, cutoutSchema } from './cutout.js';
import { elastic, elasticSchema } from './elastic.js';
import { noise, noiseSchema } from './noise.js';
import { rotation, rotationSchema } from './rotation.js';
import { shear, shearSchema } from './shear.js';
import { shift, shiftSchema } from './shift.js';
import type { Step, StepSize } from './step.js';
import { strokeWidth, strokeWidthSchema } from './stroke-width.js';
import { zoom, zoomSchema } from './zoom.js';

/** Share of the pictures that a step changes. */
const probability = z.number().gt(0).max(1).default(1);

/** One step of an augmentation in a recipe. */
export const augmentationStepSchema = z.discriminatedUnion('kind', [
  rotationSchema.extend({ probability }),
  zoomSchema.extend({ probability }),
  shiftSchema.extend({ probability }),
  shearSchema.extend({ probability }),
  elasticSchema.extend({ probability }),
  strokeWidthSchema.extend({ probability }),
  blurSchema.extend({ probability }),
  noiseSchema.extend({ probability }),
  cutoutSchema.extend({ probability }),
]);

export type AugmentationStep = z.infer<typeof augmentationStepSchema>;

/** The tutorial's augmentation: rotation by 10 degrees, zoom by 0.1, shift by 0.1. */
export const TUTORIAL_AUGMENTATION: readonly AugmentationStep[] = [
  { kind: 'rotation', degrees: 10, probability: 1 },
  { kind: 'zoom', share: 0.1, probability: 1 },
  { kind: 'shift', share: 0.1, probability: 1 },
];

/** The step that a recipe describes, for pictures of one size. */
export function createStep(step: AugmentationStep, size: StepSize): Step {
  switch (step.kind) {
    case 'rotation':
      return rotation(step);
    case 'zoom':
      return zoom(step);
    case 'shift':
      return shift(step);
    case 'shear':
      return shear(step);
    case 'elastic':
      return elastic(step, size);
    case 'strokeWidth':
      return strokeWidth(step, size);
    case 'blur':
      return blur(step, size);
    case 'noise':
      return noise(step);
    case 'cutout':
      return cutout(step, size);
  }
}
