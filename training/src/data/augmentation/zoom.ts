import { z } from 'zod';
import type { BendingStep } from './step.js';

/** Scales height and width by independent factors, uniform in 1 +- `share`, as Keras does. */
export const zoomSchema = z.strictObject({
  kind: z.literal('zoom'),
  share: z.number().positive().max(0.9).default(0.1),
});

export function zoom({ share }: z.infer<typeof zoomSchema>): BendingStep {
  return {
    changes: 'geometry',
    bend(warp, random) {
      const x = random.uniform(1 - share, 1 + share);
      const y = random.uniform(1 - share, 1 + share);
      warp.transform(1 / x, 0, 0, 1 / y);
    },
  };
}
