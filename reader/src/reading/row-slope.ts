import { READER_NUMBERS } from '../numbers/index.js';
import { type Box, middle } from '../vision/index.js';

interface Pair {
  readonly slope: number;
  readonly weight: number;
}

/**
 * The common slope of the rows of these boxes (down divided by right). It is the slope that most pairs of a box and its
 * nearest neighbour to the right agree on. If no box has a neighbour, for example because signs stand between the
 * digits, it is the slope of the line through all boxes. Otherwise rows are horizontal.
 */
export function commonSlope(boxes: readonly Box[]): number {
  const pairs = boxes.flatMap((box) => nearestToTheRight(box, boxes) ?? []);
  const horizontal: Pair = { slope: 0, weight: READER_NUMBERS.rowHorizontalVotes.value };
  let best: readonly Pair[] = [horizontal];
  let most = 0;
  for (const { slope } of pairs) {
    const alike = [...pairs, horizontal].filter(
      (other) => Math.abs(other.slope - slope) <= READER_NUMBERS.rowSlopesAlike.value,
    );
    const votes = total(alike);
    if (votes > most) {
      most = votes;
      best = alike.filter((pair) => pair !== horizontal);
    }
  }
  if (most <= READER_NUMBERS.rowHorizontalVotes.value) return pairs.length === 0 ? slopeOfLine(boxes) : 0;
  return best.reduce((sum, { slope, weight }) => sum + slope * weight, 0) / total(best);
}

function total(pairs: readonly Pair[]): number {
  return pairs.reduce((sum, { weight }) => sum + weight, 0);
}

/** Slope of the line through the centres of all boxes, by least squares; 0 if they do not lie on a line. */
function slopeOfLine(boxes: readonly Box[]): number {
  if (boxes.length < READER_NUMBERS.rowMinOnLine.value) return 0;
  const points = boxes.map(middle);
  const centre = { x: mean(points.map(({ x }) => x)), y: mean(points.map(({ y }) => y)) };
  const slope =
    mean(points.map(({ x, y }) => (x - centre.x) * (y - centre.y))) / mean(points.map(({ x }) => (x - centre.x) ** 2));
  const most = READER_NUMBERS.rowOffLine.value * mean(boxes.map(({ height }) => height));
  const isLine = points.every(({ x, y }) => Math.abs(y - centre.y - slope * (x - centre.x)) <= most);
  return isLine && Math.abs(slope) <= READER_NUMBERS.rowMaxSlope.value ? slope : 0;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** A box paired with the nearest box that can follow it in a row. The weight is larger the more their heights agree. */
function nearestToTheRight(box: Box, boxes: readonly Box[]): Pair | undefined {
  let nearest: Pair | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const other of boxes) {
    if (other === box) continue;
    const right = other.x + other.width / 2 - box.x - box.width / 2;
    const down = other.y + other.height / 2 - box.y - box.height / 2;
    const distance = Math.hypot(right, down);
    const height = Math.max(box.height, other.height);
    if (
      right <= 0 ||
      Math.abs(down) > READER_NUMBERS.rowMaxSlope.value * right ||
      distance > READER_NUMBERS.rowReach.value * height ||
      distance >= least
    )
      continue;
    least = distance;
    nearest = { slope: down / right, weight: Math.min(box.height, other.height) / height };
  }
  return nearest;
}
