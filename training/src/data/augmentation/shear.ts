import { z } from 'zod';
import type { BendingStep } from './step.js';

/** Slants the picture sideways by an angle uniform in +-`degrees`. */
export const shearSchema = z.strictObject({
  kind: z.literal('shear'),
  degrees: z.number().positive().max(60).default(10),
});

export function shear({ degrees }: z.infer<typeof shearSchema>): BendingStep {
  const limit = (degrees * Math.PI) / 180;
  return {
    changes: 'geometry',
    bend(warp, random) {
      warp.transform(1, Math.tan(random.uniform(-limit, limit)), 0, 1);
    },
  };
}
