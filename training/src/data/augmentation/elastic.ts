import { z } from 'zod';
import type { Random } from '../../random/index.js';
import type { BendingStep, StepSize } from './step.js';

/**
 * Bends strokes smoothly, after Simard, Steinkraus and Platt, "Best practices for convolutional neural networks", 2003.
 * Their field of random displacements smoothed by a Gaussian is made here as a cubic B-spline over a coarse grid of
 * normal draws, which is as smooth (a spacing of 7 pixels is like a sigma of about 4) and takes a tenth of the time.
 */
export const elasticSchema = z.strictObject({
  kind: z.literal('elastic'),
  /** Standard deviation of the grid's displacements, in pixels. */
  strength: z.number().positive().max(20).default(2),
  /** Distance of the grid's points, in pixels. */
  spacing: z.number().min(2).max(28).default(7),
});

export function elastic({ strength, spacing }: z.infer<typeof elasticSchema>, size: StepSize): BendingStep {
  const columns = splineAxis(size.width, spacing);
  const rows = splineAxis(size.height, spacing);
  const grid = new Float32Array(rows.points * columns.points);
  const widened = new Float32Array(rows.points * size.width);

  function fill(field: Float32Array, random: Random): void {
    for (let point = 0; point < grid.length; point++) grid[point] = strength * random.normal();
    for (let row = 0; row < rows.points; row++) {
      for (let x = 0; x < size.width; x++) {
        const from = row * columns.points + columns.first[x];
        const { weights } = columns;
        widened[row * size.width + x] =
          weights[4 * x] * grid[from] +
          weights[4 * x + 1] * grid[from + 1] +
          weights[4 * x + 2] * grid[from + 2] +
          weights[4 * x + 3] * grid[from + 3];
      }
    }
    const stride = size.width;
    for (let y = 0; y < size.height; y++) {
      const { weights } = rows;
      for (let x = 0; x < size.width; x++) {
        const from = rows.first[y] * stride + x;
        field[y * stride + x] +=
          weights[4 * y] * widened[from] +
          weights[4 * y + 1] * widened[from + stride] +
          weights[4 * y + 2] * widened[from + 2 * stride] +
          weights[4 * y + 3] * widened[from + 3 * stride];
      }
    }
  }

  return {
    changes: 'geometry',
    bend(warp, random) {
      if (!warp.displaced) {
        warp.displacementX.fill(0);
        warp.displacementY.fill(0);
        warp.displaced = true;
      }
      fill(warp.displacementX, random);
      fill(warp.displacementY, random);
    },
  };
}

/** For each pixel of an axis, the first of the four grid points around it and the cubic B-spline's weights of them. */
function splineAxis(length: number, spacing: number) {
  const points = Math.floor((length - 1) / spacing) + 4;
  const first = Uint16Array.from({ length }, (_, pixel) => Math.floor(pixel / spacing));
  const weights = new Float32Array(4 * length);
  for (let pixel = 0; pixel < length; pixel++) {
    const t = pixel / spacing - first[pixel];
    const basis = [(1 - t) ** 3, 3 * t ** 3 - 6 * t ** 2 + 4, -3 * t ** 3 + 3 * t ** 2 + 3 * t + 1, t ** 3];
    weights.set(
      basis.map((value) => value / 6),
      4 * pixel,
    );
  }
  return { points, first, weights };
}
