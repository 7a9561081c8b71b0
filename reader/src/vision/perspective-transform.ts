import type { Point } from './geometry.js';

type Four = readonly [Point, Point, Point, Point];

/** A smaller pivot means that three of the corners lie on a line. */
const MIN_PIVOT = 100 * Number.EPSILON;

/**
 * The map from places in a straightened picture to places in the picture that holds it, as OpenCV's
 * `getPerspectiveTransform` and `warpPerspective` compute it, rounding included: the system of eight equations by
 * elimination with pivots, then the inverse matrix in single precision.
 *
 * @param corners in the picture: top left, top right, bottom right, bottom left
 * @returns nine numbers, row-major; undefined if three of the corners lie on a line
 */
export function perspectiveTransform(corners: Four, width: number, height: number): Float32Array | undefined {
  const targets = [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ];
  const { fround } = Math;
  const points = corners.map(({ x, y }) => [fround(x), fround(y)]);
  const rows = [0, 1].flatMap((axis) =>
    points.map(([x, y], corner) => {
      const target = fround(targets[corner][axis]);
      const place = axis === 0 ? [x, y, 1, 0, 0, 0] : [0, 0, 0, x, y, 1];
      return [...place, fround(-x * target), fround(-y * target), target];
    }),
  );
  const solution = solve(rows);
  return solution === undefined ? undefined : inverse([...solution, 1]);
}

/** Solves linear equations, each with its right side as the last number. They are overwritten. */
function solve(rows: number[][]): number[] | undefined {
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(rows[row][column]) > Math.abs(rows[pivot][column])) pivot = row;
    }
    if (Math.abs(rows[pivot][column]) < MIN_PIVOT) return undefined;
    [rows[column], rows[pivot]] = [rows[pivot], rows[column]];
    const factor = -1 / rows[column][column];
    for (let row = column + 1; row < size; row++) {
      const share = rows[row][column] * factor;
      for (let at = column + 1; at <= size; at++) rows[row][at] += share * rows[column][at];
    }
  }
  const solution = new Array<number>(size);
  for (let row = size - 1; row >= 0; row--) {
    let value = rows[row][size];
    for (let at = row + 1; at < size; at++) value -= rows[row][at] * solution[at];
    solution[row] = value / rows[row][row];
  }
  return solution;
}

/** The inverse of a 3x3 matrix by its adjugate; undefined if it has none. */
function inverse([a, b, c, d, e, f, g, h, i]: readonly number[]): Float32Array | undefined {
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  if (determinant === 0) return undefined;
  const factor = 1 / determinant;
  const rows = [
    [e * i - f * h, c * h - b * i, b * f - c * e],
    [f * g - d * i, a * i - c * g, c * d - a * f],
    [d * h - e * g, b * g - a * h, a * e - b * d],
  ];
  return Float32Array.from(rows.flat(), (value) => value * factor);
}
