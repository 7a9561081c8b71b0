import { z } from 'zod';
import type { PaintingStep, StepSize } from './step.js';

/** Blurs the picture like a lens out of focus: a Gaussian with a sigma that is uniform in [0, `sigma`] pixels. */
export const blurSchema = z.strictObject({
  kind: z.literal('blur'),
  sigma: z.number().positive().max(1.5).default(0.8),
});

export function blur({ sigma }: z.infer<typeof blurSchema>, { width, height }: StepSize): PaintingStep {
  // A margin of two pixels around the picture makes edge checks in the loops unnecessary.
  const stride = width + 4;
  const padded = new Float32Array(stride * (height + 4));
  const across = new Float32Array(stride * (height + 4));
  return {
    changes: 'pixels',
    paint(picture, random) {
      const drawn = random.uniform(0, sigma);
      // exp(-inf) is 0, so a sigma of 0 does not change the picture.
      const near = Math.exp(-1 / (2 * drawn ** 2));
      const far = near ** 4;
      const total = 1 + 2 * (near + far);
      const [own, one, two] = [1 / total, near / total, far / total];
      for (let y = 0; y < height; y++) padded.set(picture.subarray(y * width, (y + 1) * width), (y + 2) * stride + 2);
      for (let at = 2; at < padded.length - 2; at++) {
        across[at] =
          own * padded[at] + one * (padded[at - 1] + padded[at + 1]) + two * (padded[at - 2] + padded[at + 2]);
      }
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const at = (y + 2) * stride + x + 2;
          picture[y * width + x] =
            own * across[at] +
            one * (across[at - stride] + across[at + stride]) +
            two * (across[at - 2 * stride] + across[at + 2 * stride]);
        }
      }
    },
  };
}
