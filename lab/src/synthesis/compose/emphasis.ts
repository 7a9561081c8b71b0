import type { Random } from '@inkcast/training/random';
import { pick } from '../draws.js';
import type { Stroke } from '../scene/scene.js';

/** Number of corners of a ring. */
const CORNERS = 28;

/** Ink of a number, in page units. */
interface Inked {
  readonly left: number;
  readonly right: number;
  /** Centre of its line, and height of its digits. */
  readonly y: number;
  readonly size: number;
}

/** The marks of an important number: a ring, a box, or one or two underlines. */
export function emphasize(
  { left, right, y, size }: Inked,
  style: Omit<Stroke, 'points' | 'wobble'>,
  random: Random,
): Stroke[] {
  const wobble = 0.03 * size;
  const way = pick(random, ['ring', 'box', 'line', 'lines'] as const);
  const [x, halfWidth] = [(left + right) / 2, (right - left) / 2 + size * random.uniform(0.2, 0.45)];
  const halfHeight = size * random.uniform(0.7, 1);
  if (way === 'ring') {
    // A hand-drawn ring does not end exactly at its start.
    const start = random.uniform(0, 2 * Math.PI);
    const turn = 2 * Math.PI * random.uniform(0.93, 1.1);
    const points = Array.from({ length: CORNERS }, (_, corner) => {
      const angle = start + (turn * corner) / (CORNERS - 1);
      const reach = 1 + (0.06 * corner) / CORNERS;
      return { x: x + 1.15 * reach * halfWidth * Math.cos(angle), y: y + reach * halfHeight * Math.sin(angle) };
    });
    return [{ ...style, points, wobble }];
  }
  if (way === 'box') {
    const [l, r, t, b] = [x - halfWidth, x + halfWidth, y - halfHeight, y + halfHeight];
    const points = [
      { x: l, y: t },
      { x: r, y: t },
      { x: r, y: b },
      { x: l, y: b },
      { x: l, y: t },
    ];
    return [{ ...style, points, wobble }];
  }
  const under = y + size * random.uniform(0.55, 0.8);
  const lines = way === 'lines' ? [under, under + 0.16 * size] : [under];
  const slope = 0.08 * size * random.normal();
  return lines.map((at) => ({
    ...style,
    points: [
      { x: left, y: at },
      { x: right, y: at + slope },
    ],
    wobble,
  }));
}
