import type { PathPoint, Polyline } from './stroke-path.js';

/** A line that ends freely after fewer pixels is a spur of the thinning, no stroke. */
const MIN_FREE_PIXELS = 6;
/** Deviation, in pixels along a line, of the Gaussian that takes away its steps. */
const SMOOTHING = 4;

/** Pixels of a line in their order. */
interface Trace {
  readonly pixels: readonly number[];
  readonly isClosed: boolean;
  /** Whether one of its ends is no crossing. */
  readonly isFree: boolean;
}

/**
 * The lines of a mask that is one pixel wide, each from one end or crossing to the next, without the steps of the pixels.
 *
 * @param mask `side * side` values of 0 and 1, row-major, 0 along its border
 */
export function traceLines(mask: Uint8Array, side: number): Polyline[] {
  const traces = tracesOf(mask, side);
  const lines = traces.filter(
    ({ pixels, isFree }) => traces.length === 1 || !isFree || pixels.length >= MIN_FREE_PIXELS,
  );
  return lines.map(({ pixels, isClosed }) =>
    smoothLine(
      pixels.map((at) => ({ x: at % side, y: Math.floor(at / side) })),
      isClosed,
    ),
  );
}

function tracesOf(mask: Uint8Array, side: number): Trace[] {
  // Neighbours by an edge come first, so that a line does not cut its own corners.
  const around = [1, -1, side, -side, side + 1, side - 1, -side + 1, -side - 1];
  const left = Uint8Array.from(mask);
  const neighbours = (at: number): number[] => around.map((step) => at + step).filter((other) => mask[other] !== 0);
  const ink = [...mask.keys()].filter((at) => mask[at] !== 0);
  const isNode = (at: number): boolean => neighbours(at).length !== 2;
  const traces: Trace[] = [];
  const follow = (start: number, first: number): void => {
    const pixels = [start, first];
    left[first] = 0;
    for (let at = first; !isNode(at); ) {
      const next = neighbours(at).find((other) => !pixels.includes(other) && (left[other] !== 0 || isNode(other)));
      if (next === undefined) break;
      pixels.push(next);
      if (!isNode(next)) left[next] = 0;
      at = next;
    }
    const ends = [start, pixels[pixels.length - 1]];
    traces.push({ pixels, isClosed: false, isFree: ends.some((at) => neighbours(at).length < 2) });
  };
  for (const node of ink.filter(isNode)) {
    left[node] = 0;
    for (const first of neighbours(node)) if (left[first] !== 0 || (isNode(first) && first > node)) follow(node, first);
    if (neighbours(node).length === 0) traces.push({ pixels: [node], isClosed: false, isFree: true });
  }
  // What is left has no end and no crossing: rings.
  for (const start of ink) {
    if (left[start] === 0) continue;
    const pixels: number[] = [];
    for (let at: number | undefined = start; at !== undefined; at = neighbours(at).find((other) => left[other] !== 0)) {
      left[at] = 0;
      pixels.push(at);
    }
    traces.push({ pixels, isClosed: true, isFree: false });
  }
  return traces;
}

/** A Gaussian along a line. A ring continues at its start; beyond an open end the line is mirrored at that end. */
function smoothLine(points: readonly PathPoint[], isClosed: boolean): Polyline {
  const count = points.length;
  const reach = Math.min(3 * SMOOTHING, count - 1);
  const at = (index: number): PathPoint => {
    if (isClosed) return points[(index + count) % count];
    if (index < 0) return mirrored(points[-index], points[0]);
    return index < count ? points[index] : mirrored(points[2 * (count - 1) - index], points[count - 1]);
  };
  const smoothed = points.map((_, index) => {
    let [x, y, sum] = [0, 0, 0];
    for (let step = -reach; step <= reach; step++) {
      const weight = Math.exp(-((step / SMOOTHING) ** 2) / 2);
      const point = at(index + step);
      x += weight * point.x;
      y += weight * point.y;
      sum += weight;
    }
    return { x: x / sum, y: y / sum };
  });
  return isClosed ? [...smoothed, smoothed[0]] : smoothed;
}

const mirrored = (point: PathPoint, end: PathPoint): PathPoint => ({ x: 2 * end.x - point.x, y: 2 * end.y - point.y });
