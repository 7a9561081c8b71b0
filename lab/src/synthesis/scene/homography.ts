export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A projective map of the plane: nine values, row-major, the last one 1. */
export type Homography = readonly number[];

/** The map from a `width` x `height` rectangle at the origin to four corners, clockwise from the top left. */
export function rectangleTo(width: number, height: number, corners: readonly [Point, Point, Point, Point]): Homography {
  // Heckbert, "Fundamentals of Texture Mapping and Image Warping", 1989, section 2.2.3.
  const [a, b, c, d] = corners;
  const sx = a.x - b.x + c.x - d.x;
  const sy = a.y - b.y + c.y - d.y;
  const dx1 = b.x - c.x;
  const dx2 = d.x - c.x;
  const dy1 = b.y - c.y;
  const dy2 = d.y - c.y;
  const determinant = dx1 * dy2 - dx2 * dy1;
  const g = (sx * dy2 - dx2 * sy) / determinant;
  const h = (dx1 * sy - sx * dy1) / determinant;
  return [
    (b.x - a.x + g * b.x) / width,
    (d.x - a.x + h * d.x) / height,
    a.x,
    (b.y - a.y + g * b.y) / width,
    (d.y - a.y + h * d.y) / height,
    a.y,
    g / width,
    h / height,
    1,
  ];
}

export function invert([a, b, c, d, e, f, g, h, i]: Homography): Homography {
  const cofactors = [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ];
  return cofactors.map((value) => value / cofactors[8]);
}

export function project(map: Homography, x: number, y: number): Point {
  const w = map[6] * x + map[7] * y + map[8];
  return { x: (map[0] * x + map[1] * y + map[2]) / w, y: (map[3] * x + map[4] * y + map[5]) / w };
}
