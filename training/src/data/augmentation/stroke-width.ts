import { z } from 'zod';
import type { PaintingStep, StepSize } from './step.js';

/**
 * Thickens or thins strokes: mixes the picture with its dilation or erosion over a pixel and its four neighbours. The
 * share of the mix is uniform in [0, `amount`]; dilation and erosion are equally likely.
 */
export const strokeWidthSchema = z.strictObject({
  kind: z.literal('strokeWidth'),
  amount: z.number().positive().max(1).default(0.5),
});

export function strokeWidth({ amount }: z.infer<typeof strokeWidthSchema>, { width, height }: StepSize): PaintingStep {
  // A margin of one pixel around the picture makes edge checks in the loop unnecessary.
  const stride = width + 2;
  const padded = new Float32Array(stride * (height + 2));
  return {
    changes: 'pixels',
    paint(picture, random) {
      const share = random.uniform(-amount, amount);
      const weight = Math.abs(share);
      // The erosion of a picture is the dilation of its negative.
      const sign = share > 0 ? 1 : -1;
      for (let y = 0, at = 0; y < height; y++) {
        for (let x = 0; x < width; x++, at++) padded[(y + 1) * stride + x + 1] = sign * picture[at];
      }
      for (let y = 0, at = 0; y < height; y++) {
        for (let x = 0; x < width; x++, at++) {
          const place = (y + 1) * stride + x + 1;
          const across = Math.max(padded[place - 1], padded[place + 1]);
          const along = Math.max(padded[place - stride], padded[place + stride]);
          const own = padded[place];
          picture[at] = sign * (own + weight * (Math.max(own, across, along) - own));
        }
      }
    },
  };
}
