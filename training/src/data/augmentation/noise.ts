import { z } from 'zod';
import type { PaintingStep } from './step.js';

/** Adds noise with a mean of 0 and a standard deviation uniform in [0, `deviation`] of the full ink. */
export const noiseSchema = z.strictObject({
  kind: z.literal('noise'),
  deviation: z.number().positive().max(1).default(0.08),
});

/** Mean and standard deviation of the sum of four bytes. */
const MEAN = 4 * 127.5;
const DEVIATION = Math.sqrt((4 * (256 ** 2 - 1)) / 12);

export function noise({ deviation }: z.infer<typeof noiseSchema>): PaintingStep {
  return {
    changes: 'pixels',
    paint(picture, random) {
      const scale = random.uniform(0, deviation) / DEVIATION;
      for (let at = 0; at < picture.length; at++) {
        // The sum of a word's four bytes is almost normal. It takes an eighth of the time of the Box-Muller transform.
        const word = random.uint32();
        const sum = (word & 255) + ((word >>> 8) & 255) + ((word >>> 16) & 255) + (word >>> 24);
        const value = picture[at] + scale * (sum - MEAN);
        picture[at] = Math.min(1, Math.max(0, value));
      }
    },
  };
}
