import { z } from 'zod';
import type { BendingStep } from './step.js';

/** Moves the picture in each direction by up to `share` of its size. */
export const shiftSchema = z.strictObject({
  kind: z.literal('shift'),
  share: z.number().positive().max(1).default(0.1),
});

export function shift({ share }: z.infer<typeof shiftSchema>): BendingStep {
  return {
    changes: 'geometry',
    bend(warp, random) {
      const x = random.uniform(-share, share) * warp.width;
      const y = random.uniform(-share, share) * warp.height;
      warp.shift(x, y);
    },
  };
}
