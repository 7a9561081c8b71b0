// Shapes on a frame. All coordinates are shares of the frame's sides, as the configuration has them: whatever size the
// picture is shown in, nothing is converted when it is saved.

export type Point = readonly [x: number, y: number];

/** Top left, top right, bottom right, bottom left. */
export type Corners = readonly [Point, Point, Point, Point];

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What is read of a frame. */
export type Shape =
  | { readonly kind: 'whole' }
  | { readonly kind: 'rectangle'; readonly rectangle: Rectangle }
  | { readonly kind: 'corners'; readonly corners: Corners };

export type ShapeKind = Shape['kind'];

/** A hundredth of a pixel of the largest frames. */
const DECIMALS = 5;
/** Smaller areas hold no digit, and no two handles. */
export const MIN_SIDE = 0.02;

const WHOLE: Corners = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];

export function rounded(share: number): number {
  return Number(share.toFixed(DECIMALS));
}

const within = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** @param high where the far edge may be at most, or 1 */
function share(value: number, low = 0, high = 1): number {
  return rounded(within(value, low, high));
}

/** The corners of any shape, clockwise from the top left. */
export function cornersOf(shape: Shape): Corners {
  if (shape.kind === 'whole') return WHOLE;
  if (shape.kind === 'corners') return shape.corners;
  const { x, y, width, height } = shape.rectangle;
  const [right, bottom] = [rounded(x + width), rounded(y + height)];
  return [
    [x, y],
    [right, y],
    [right, bottom],
    [x, bottom],
  ];
}

/** The rectangle between two opposite points, however they lie, at least as large as an area may be. */
export function rectangleBetween(one: Point, other: Point): Rectangle {
  const [x, width] = span(one[0], other[0]);
  const [y, height] = span(one[1], other[1]);
  return { x, y, width, height };
}

function span(one: number, other: number): [start: number, length: number] {
  const start = share(Math.min(one, other), 0, 1 - MIN_SIDE);
  const end = share(Math.max(one, other), start + MIN_SIDE);
  return [start, rounded(end - start)];
}

/**
 * Another kind of the same place: a rectangle around corners, or the corners of a rectangle.
 *
 * @param kind of the shape that comes out
 */
export function asKind(shape: Shape, kind: ShapeKind): Shape {
  if (kind === shape.kind) return shape;
  if (kind === 'whole') return { kind };
  // The whole frame has its handles where they cannot be grasped well.
  const corners = shape.kind === 'whole' ? inset(WHOLE) : cornersOf(shape);
  if (kind === 'corners') return { kind, corners };
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  return {
    kind,
    rectangle: rectangleBetween([Math.min(...xs), Math.min(...ys)], [Math.max(...xs), Math.max(...ys)]),
  };
}

function inset([a, b, c, d]: Corners): Corners {
  const inner = ([x, y]: Point): Point => [rounded(0.1 + 0.8 * x), rounded(0.1 + 0.8 * y)];
  return [inner(a), inner(b), inner(c), inner(d)];
}

/** Moves a shape as a whole; it stops at the frame's edge. */
export function moved(shape: Shape, dx: number, dy: number): Shape {
  const corners = cornersOf(shape);
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  const byX = within(dx, -Math.min(...xs), 1 - Math.max(...xs));
  const byY = within(dy, -Math.min(...ys), 1 - Math.max(...ys));
  if (shape.kind === 'whole') return shape;
  if (shape.kind === 'rectangle') {
    const { x, y, width, height } = shape.rectangle;
    return {
      ...shape,
      rectangle: { x: share(x + byX, 0, 1 - width), y: share(y + byY, 0, 1 - height), width, height },
    };
  }
  const [a, b, c, d] = corners;
  const shift = ([x, y]: Point): Point => [share(x + byX), share(y + byY)];
  return { ...shape, corners: [shift(a), shift(b), shift(c), shift(d)] };
}

/**
 * Moves one corner. The opposite corner of a rectangle stays; the other three of four corners do.
 *
 * @returns the shape as it was, where the corners would no longer go around a page
 */
export function withCorner(shape: Shape, index: number, [x, y]: Point): Shape {
  if (shape.kind === 'whole') return shape;
  if (shape.kind === 'rectangle') {
    const [oppositeX, oppositeY] = cornersOf(shape)[(index + 2) % 4];
    const isLeft = index === 0 || index === 3;
    const isTop = index < 2;
    const nearX = isLeft ? Math.min(x, oppositeX - MIN_SIDE) : Math.max(x, oppositeX + MIN_SIDE);
    const nearY = isTop ? Math.min(y, oppositeY - MIN_SIDE) : Math.max(y, oppositeY + MIN_SIDE);
    return { ...shape, rectangle: rectangleBetween([share(nearX), share(nearY)], [oppositeX, oppositeY]) };
  }
  const [a, b, c, d] = shape.corners.map((corner, at): Point => (at === index ? [share(x), share(y)] : corner));
  const corners: Corners = [a, b, c, d];
  return goesAround(corners) ? { ...shape, corners } : shape;
}

/** Whether the way along the corners turns right at each of them; the device takes no others. */
export function goesAround(corners: Corners): boolean {
  return corners.every(([x, y], index) => {
    const [nextX, nextY] = corners[(index + 1) % 4];
    const [afterX, afterY] = corners[(index + 2) % 4];
    return (nextX - x) * (afterY - nextY) - (nextY - y) * (afterX - nextX) > 1e-6;
  });
}

/** Whether a point lies inside of a convex shape. */
export function contains(shape: Shape, [x, y]: Point): boolean {
  const corners = cornersOf(shape);
  return corners.every(([fromX, fromY], index) => {
    const [toX, toY] = corners[(index + 1) % 4];
    return (toX - fromX) * (y - fromY) - (toY - fromY) * (x - fromX) >= 0;
  });
}

/** The middle of a shape: where it is grasped to be moved as a whole. */
export function middleOf(shape: Shape): Point {
  const corners = cornersOf(shape);
  const mean = (axis: 0 | 1) => corners.reduce((sum, corner) => sum + corner[axis], 0) / corners.length;
  return [mean(0), mean(1)];
}
