import { READER_NUMBERS } from '../numbers/index.js';
import type { Point } from './geometry.js';

type Four = readonly [Point, Point, Point, Point];

/**
 * The projective map from the unit square, (0, 0) to (1, 1), to a convex quadrilateral: top left, top right, bottom
 * right, bottom left. Source: Heckbert, Fundamentals of Texture Mapping and Image Warping (1989), section 2.2.3.
 */
export function quadrilateralMap([a, b, c, d]: Four): (u: number, v: number) => Point {
  const { g, h } = tilt([a, b, c, d]);
  return (u, v) => {
    const depth = g * u + h * v + 1;
    return {
      x: ((b.x - a.x + g * b.x) * u + (d.x - a.x + h * d.x) * v + a.x) / depth,
      y: ((b.y - a.y + g * b.y) * u + (d.y - a.y + h * d.y) * v + a.y) / depth,
    };
  };
}

/**
 * The ratio of width to height of a flat rectangle, from the positions of its corners in a frame. Without the camera
 * matrix, the first two columns of the homography are the page's sides in space, up to a common factor (Zhang and He,
 * Whiteboard Scanning and Image Enhancement, 2007). The camera is assumed to look at the centre of its frame.
 */
export function pageRatio([a, b, c, d]: Four, frame: { readonly width: number; readonly height: number }): number {
  const { g, h } = tilt([a, b, c, d]);
  const focal = READER_NUMBERS.cameraFocalLength.value * Math.max(frame.width, frame.height);
  const length = (end: Point, depth: number): number => {
    const across = end.x - a.x + depth * (end.x - frame.width / 2);
    const down = end.y - a.y + depth * (end.y - frame.height / 2);
    return Math.hypot(across / focal, down / focal, depth);
  };
  return length(b, g) / length(d, h);
}

/**
 * The last row of the projective map: how much farther away the right side is than the left, and the bottom than the
 * top.
 */
function tilt([a, b, c, d]: Four): { readonly g: number; readonly h: number } {
  const rest = { x: a.x - b.x + c.x - d.x, y: a.y - b.y + c.y - d.y };
  const right = { x: b.x - c.x, y: b.y - c.y };
  const bottom = { x: d.x - c.x, y: d.y - c.y };
  const area = cross(right, bottom);
  return { g: cross(rest, bottom) / area, h: cross(right, rest) / area };
}

const cross = (a: Point, b: Point): number => a.x * b.y - a.y * b.x;
