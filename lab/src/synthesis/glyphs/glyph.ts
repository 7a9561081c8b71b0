/** Side of a glyph's grid, and the height of a digit on it, in grid units; the rest is margin. */
export const GRID = 112;
export const EM = 80;

/**
 * A shape as a distance field: the distance of each point of a square grid from the centre of the nearest stroke. A pen
 * covers the points within half of its width.
 */
export interface Glyph {
  /** `0` to `9`, or the character or kind of mark that it is. */
  readonly label: string;
  /** `GRID * GRID` values, row-major, in grid units. A glyph's middle lies at the grid's. */
  readonly distances: Float32Array;
  /** Width, in grid units, of the pen that it was first written with. */
  readonly strokeWidth: number;
  /** Grid units by which the glyph is raised on the grid, so that parts below the line fit. */
  readonly drop?: number;
}

const OUTSIDE = GRID;

/** Distance at any point of the grid, linear between its values; far away outside of it. */
export function distanceAt(glyph: Glyph, x: number, y: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  if (left < 0 || top < 0 || left >= GRID - 1 || top >= GRID - 1) return OUTSIDE;
  const fx = x - left;
  const fy = y - top;
  const at = top * GRID + left;
  const d = glyph.distances;
  const upper = d[at] * (1 - fx) + d[at + 1] * fx;
  const lower = d[at + GRID] * (1 - fx) + d[at + GRID + 1] * fx;
  return upper * (1 - fy) + lower * fy;
}
