import type { Random } from '@inkcast/training/random';

export interface PathPoint {
  readonly x: number;
  readonly y: number;
}

/** A stroke as straight pieces from point to point. */
export type Polyline = readonly PathPoint[];

/** Pieces that one curve is cut into. */
const PIECES = 8;

/**
 * Strokes from their notation: `m x y` puts the pen down, `l x y` draws a straight line, `q cx cy x y` a quadratic
 * Bezier curve. y grows downwards: 0 is the top of a capital letter, 10 the line it stands on.
 *
 * @param shake deviation, in the notation's units, by which every point misses its place; the same point written twice
 * misses it in the same way, so that what is closed stays so
 */
export function parseStrokes(notation: string, random: Random, shake: number): Polyline[] {
  const words = notation.match(/[mlq]|-?[\d.]+/g) ?? [];
  const strokes: PathPoint[][] = [];
  const placed = new Map<string, PathPoint>();
  let at = 0;
  const point = (): PathPoint => {
    const x = Number(words[at++]);
    const y = Number(words[at++]);
    const key = `${x} ${y}`;
    const known = placed.get(key);
    if (known !== undefined) return known;
    const made = { x: x + shake * random.normal(), y: y + shake * random.normal() };
    placed.set(key, made);
    return made;
  };
  while (at < words.length) {
    const command = words[at++];
    const stroke = strokes.at(-1) ?? [];
    if (command === 'm') strokes.push([point()]);
    else if (command === 'l') stroke.push(point());
    else stroke.push(...curve(stroke[stroke.length - 1], point(), point()));
  }
  return strokes;
}

function curve(from: PathPoint, control: PathPoint, to: PathPoint): PathPoint[] {
  return Array.from({ length: PIECES }, (_, index) => {
    const t = (index + 1) / PIECES;
    const a = (1 - t) ** 2;
    const b = 2 * t * (1 - t);
    const c = t ** 2;
    return { x: a * from.x + b * control.x + c * to.x, y: a * from.y + b * control.y + c * to.y };
  });
}
