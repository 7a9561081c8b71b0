import type { Corners, LumaFrame, Point } from '@inkcast/reader/vision';

/** The pose of a page for a camera with a focal length of 0.85 of the frame's width. Angles are in degrees. */
export interface Pose {
  /** How far the page leans away from the camera. */
  readonly tilt: number;
  /** How far it is turned in its own plane. */
  readonly turn: number;
  /** In widths of the page. */
  readonly distance: number;
}

export interface Photograph {
  readonly frame: LumaFrame;
  /** Where the page's corners are, in shares of the frame. */
  readonly corners: Corners;
  /** Where a point of the page is, in pixels of the frame. */
  place(point: Point): Point;
}

type Vector = readonly [number, number, number];

const WIDTH = 1280;
const HEIGHT = 960;
const FOCAL = 0.85 * WIDTH;
const DESK = 90;

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** What a camera without a lens sees of a flat page on a dark desk, worked out ray by ray. */
export function photograph(page: LumaFrame, { tilt, turn, distance }: Pose): Photograph {
  const [lean, spin] = [(tilt * Math.PI) / 180, (turn * Math.PI) / 180];
  const middle: Vector = [0, 0, distance * page.width];
  const flat = (angle: number): Vector => [
    Math.cos(angle),
    Math.sin(angle) * Math.cos(lean),
    Math.sin(angle) * Math.sin(lean),
  ];
  const [across, down] = [flat(spin), flat(spin + Math.PI / 2)];
  const normal: Vector = [0, -Math.sin(lean), Math.cos(lean)];
  const place = ({ x, y }: Point): Point => {
    const [a, b] = [x - page.width / 2, y - page.height / 2];
    const at = (axis: 0 | 1 | 2): number => middle[axis] + a * across[axis] + b * down[axis];
    return { x: (FOCAL * at(0)) / at(2) + WIDTH / 2, y: (FOCAL * at(1)) / at(2) + HEIGHT / 2 };
  };
  const gray = new Uint8Array(WIDTH * HEIGHT).fill(DESK);
  for (let v = 0; v < HEIGHT; v++) {
    for (let u = 0; u < WIDTH; u++) {
      const ray: Vector = [u + 0.5 - WIDTH / 2, v + 0.5 - HEIGHT / 2, FOCAL];
      const reach = dot(normal, middle) / dot(normal, ray);
      const hit: Vector = [reach * ray[0], reach * ray[1], reach * ray[2] - middle[2]];
      const x = dot(hit, across) + page.width / 2 - 0.5;
      const y = dot(hit, down) + page.height / 2 - 0.5;
      if (x >= 0 && y >= 0 && x < page.width - 1 && y < page.height - 1) gray[v * WIDTH + u] = between(page, x, y);
    }
  }
  const corner = (x: number, y: number): Point => {
    const point = place({ x: x * page.width, y: y * page.height });
    return { x: point.x / WIDTH, y: point.y / HEIGHT };
  };
  const corners: Corners = [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)];
  return { frame: { width: WIDTH, height: HEIGHT, gray }, corners, place };
}

/** Linear between the four pixels around a point. */
function between({ width, gray }: LumaFrame, x: number, y: number): number {
  const at = Math.floor(y) * width + Math.floor(x);
  const [right, below] = [x % 1, y % 1];
  const upper = gray[at] * (1 - right) + gray[at + 1] * right;
  const lower = gray[at + width] * (1 - right) + gray[at + width + 1] * right;
  return Math.round(upper * (1 - below) + lower * below);
}
