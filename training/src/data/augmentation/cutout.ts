import { z } from 'zod';
import type { PaintingStep, StepSize } from './step.js';

/** Erases a square at a random place, with a side uniform in 1 to `side` pixels (DeVries and Taylor, "Cutout", 2017). */
export const cutoutSchema = z.strictObject({
  kind: z.literal('cutout'),
  side: z.int().positive().max(20).default(6),
});

export function cutout({ side }: z.infer<typeof cutoutSchema>, { width, height }: StepSize): PaintingStep {
  return {
    changes: 'pixels',
    paint(picture, random) {
      const length = 1 + random.integer(side);
      // The square's centre is inside the picture; parts of the square may be outside.
      const left = random.integer(width) - (length >> 1);
      const top = random.integer(height) - (length >> 1);
      for (let y = Math.max(0, top); y < Math.min(height, top + length); y++) {
        const row = y * width;
        picture.fill(0, row + Math.max(0, left), row + Math.max(0, Math.min(width, left + length)));
      }
    },
  };
}
