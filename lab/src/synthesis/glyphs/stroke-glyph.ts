import type { Random } from '@inkcast/training/random';
import { EM, type Glyph, GRID } from './glyph.js';
import { type PathPoint, type Polyline, parseStrokes } from './stroke-path.js';

/** Height of a capital in the notation's units. */
const CAPITAL = 10;
/** A character that extends below this, in the notation's units, is raised to fit the grid. */
const MAX_DESCENT = 11.2;
/** Width of a normal pen, relative to the height of a digit. */
const COMMON_PEN = 0.09;

/** A generated character from its notation in `stroke-path.ts`. */
export function strokeGlyph(label: string, notation: string, random: Random, shake: number): Glyph {
  return glyphOfStrokes(label, parseStrokes(notation, random, shake), EM / CAPITAL);
}

/** How far a copy by hand strays from its lines, in grid units, and over what length. */
const MAX_STRAY = 3;
const STRAY_LENGTHS = [30, 90] as const;
const STRAY_WAVES = 3;

/** Lines on the grid as a steady hand copies them: every point strays a little, and as its neighbours do. */
export function copiedGlyph(label: string, lines: readonly Polyline[], random: Random): Glyph {
  const stray = random.uniform(0, MAX_STRAY) / STRAY_WAVES;
  const waves = Array.from({ length: STRAY_WAVES }, () => {
    const [direction, along] = [random.uniform(0, 2 * Math.PI), random.uniform(0, 2 * Math.PI)];
    const length = random.uniform(...STRAY_LENGTHS) / (2 * Math.PI);
    const phase = random.uniform(0, 2 * Math.PI);
    return ({ x, y }: PathPoint): PathPoint => {
      const shift = stray * Math.sin((x * Math.cos(along) + y * Math.sin(along)) / length + phase);
      return { x: shift * Math.cos(direction), y: shift * Math.sin(direction) };
    };
  });
  const copied = lines.map((line) =>
    line.map((point) =>
      waves.map((wave) => wave(point)).reduce((sum, shift) => ({ x: sum.x + shift.x, y: sum.y + shift.y }), point),
    ),
  );
  return { label, distances: distancesTo(copied), strokeWidth: COMMON_PEN * EM };
}

/** A scribble. It has so many turns that it rarely looks like a digit. */
export function scribbleGlyph(random: Random): Glyph {
  const point = (): PathPoint => ({ x: random.uniform(0, 8), y: random.uniform(0, 10) });
  const strokes = Array.from({ length: 1 + random.integer(3) }, () => {
    const corners = Array.from({ length: 5 + random.integer(5) }, point);
    return random.next() < 0.6 ? rounded(corners) : corners;
  });
  return glyphOfStrokes('scribble', strokes, EM / CAPITAL);
}

/** A curve through the middles between corners. */
function rounded(corners: Polyline): Polyline {
  const middle = (a: PathPoint, b: PathPoint): PathPoint => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  return corners.slice(1, -1).flatMap((corner, index) => {
    const from = index === 0 ? corners[0] : middle(corners[index], corner);
    const to = middle(corner, corners[index + 2]);
    return Array.from({ length: 9 }, (_, step) => {
      const t = step / 8;
      return {
        x: (1 - t) ** 2 * from.x + 2 * t * (1 - t) * corner.x + t ** 2 * to.x,
        y: (1 - t) ** 2 * from.y + 2 * t * (1 - t) * corner.y + t ** 2 * to.y,
      };
    });
  });
}

function glyphOfStrokes(label: string, strokes: readonly Polyline[], scale: number): Glyph {
  const points = strokes.flat();
  const xs = points.map(({ x }) => x);
  const centre = (Math.min(...xs) + Math.max(...xs)) / 2;
  const lowest = Math.max(...points.map(({ y }) => y));
  const drop = Math.max(0, (lowest - MAX_DESCENT) * scale);
  const placed = strokes.map((stroke) =>
    stroke.map(({ x, y }) => ({ x: GRID / 2 + (x - centre) * scale, y: GRID / 2 + (y - CAPITAL / 2) * scale - drop })),
  );
  return { label, distances: distancesTo(placed), strokeWidth: COMMON_PEN * EM, drop };
}

/** Distances of the grid's points from strokes, in grid units. They are exact near a stroke. */
export function distancesTo(strokes: readonly Polyline[]): Float32Array {
  const distances = new Float32Array(GRID * GRID).fill(GRID);
  for (const stroke of strokes) {
    if (stroke.length === 1) lower(distances, stroke[0], stroke[0]);
    for (let index = 1; index < stroke.length; index++) lower(distances, stroke[index - 1], stroke[index]);
  }
  return distances;
}

/** Lowers the distances near a piece of a stroke. Far away, nothing changes. */
function lower(distances: Float32Array, from: PathPoint, to: PathPoint): void {
  const reach = GRID / 4;
  const left = Math.max(0, Math.floor(Math.min(from.x, to.x) - reach));
  const right = Math.min(GRID - 1, Math.ceil(Math.max(from.x, to.x) + reach));
  const top = Math.max(0, Math.floor(Math.min(from.y, to.y) - reach));
  const bottom = Math.min(GRID - 1, Math.ceil(Math.max(from.y, to.y) + reach));
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length2 = Math.max(1e-9, dx * dx + dy * dy);
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const t = Math.min(1, Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / length2));
      const ex = x - from.x - t * dx;
      const ey = y - from.y - t * dy;
      const distance = Math.sqrt(ex * ex + ey * ey);
      const at = y * GRID + x;
      if (distance < distances[at]) distances[at] = distance;
    }
  }
}
