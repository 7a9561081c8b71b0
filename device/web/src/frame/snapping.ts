import { cornersOf, type Point, type Shape } from './geometry.js';

/** Lines that corners come to lie on when they are near. */
export interface Guides {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
}

/** How near, in shares of the frame's sides: the same number of pixels across and down. */
export interface Tolerance {
  readonly x: number;
  readonly y: number;
}

/** Edges and middle of the frame, and where the corners of other shapes lie. */
export function guidesFrom(others: readonly Shape[]): Guides {
  const corners = others.flatMap((shape) => [...cornersOf(shape)]);
  return { xs: [0, 0.5, 1, ...corners.map(([x]) => x)], ys: [0, 0.5, 1, ...corners.map(([, y]) => y)] };
}

/** The other corners of a shape: a corner that is moved comes to lie straight beside or below them. */
export function guidesOfCorners(shape: Shape, moving: number): Guides {
  const still = cornersOf(shape).filter((_, index) => index !== moving);
  return { xs: still.map(([x]) => x), ys: still.map(([, y]) => y) };
}

export function bothGuides(one: Guides, other: Guides): Guides {
  return { xs: [...one.xs, ...other.xs], ys: [...one.ys, ...other.ys] };
}

/** The point, on the nearest guide of each direction that is near enough. */
export function snapped([x, y]: Point, { xs, ys }: Guides, tolerance: Tolerance): Point {
  return [nearest(x, xs, tolerance.x), nearest(y, ys, tolerance.y)];
}

function nearest(value: number, guides: readonly number[], tolerance: number): number {
  const distances = guides.map((guide) => Math.abs(guide - value));
  const least = Math.min(...distances);
  return least <= tolerance ? guides[distances.indexOf(least)] : value;
}
