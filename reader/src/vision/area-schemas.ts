import { z } from 'zod';

const shareSchema = z.number().min(0).max(1);

/** A part of the frame, in shares of its sides. */
export const regionOfInterestSchema = z
  .strictObject({
    x: shareSchema.meta({ description: "Left edge, as a share of the frame's width" }),
    y: shareSchema.meta({ description: "Upper edge, as a share of the frame's height" }),
    width: shareSchema.positive().meta({ description: "Width, as a share of the frame's" }),
    height: shareSchema.positive().meta({ description: "Height, as a share of the frame's" }),
  })
  .refine(({ x, width }) => x + width <= 1 + 1e-9, { path: ['width'], message: 'must end inside of the frame' })
  .refine(({ y, height }) => y + height <= 1 + 1e-9, { path: ['height'], message: 'must end inside of the frame' });

const cornerSchema = z.tuple([shareSchema, shareSchema]);

/** Corners of a page: top left, top right, bottom right, bottom left, each [x, y] as shares of the frame. */
export const cornersSchema = z.tuple([cornerSchema, cornerSchema, cornerSchema, cornerSchema]).refine(goesAround, {
  message: 'must go around a page clockwise: top left, top right, bottom right, bottom left',
});

/** Whether the way along the corners turns right at each of them, as it does around a convex page. */
function goesAround(corners: readonly (readonly [number, number])[]): boolean {
  return corners.every(([x, y], index) => {
    const [nextX, nextY] = corners[(index + 1) % corners.length];
    const [afterX, afterY] = corners[(index + 2) % corners.length];
    return (nextX - x) * (afterY - nextY) - (nextY - y) * (afterX - nextX) > 1e-6;
  });
}
