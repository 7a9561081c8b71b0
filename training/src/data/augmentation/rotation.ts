import { z } from 'zod';
import type { BendingStep } from './step.js';

/** Turns the picture about its centre by an angle uniform in +-`degrees`. */
export const rotationSchema = z.strictObject({
  kind: z.literal('rotation'),
  degrees: z.number().positive().max(180).default(10),
});

export function rotation({ degrees }: z.infer<typeof rotationSchema>): BendingStep {
  const limit = (degrees * Math.PI) / 180;
  return {
    changes: 'geometry',
    bend(warp, random) {
      const angle = random.uniform(-limit, limit);
      const cosine = Math.cos(angle);
      const sine = Math.sin(angle);
      warp.transform(cosine, -sine, sine, cosine);
    },
  };
}
