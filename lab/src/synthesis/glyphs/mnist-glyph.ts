import { DIGIT_SIDE } from '@inkcast/shared/normalization';
import { distanceTransform } from './distance-transform.js';
import { type Glyph, GRID } from './glyph.js';
import { smooth } from './smooth.js';
import { distancesTo } from './stroke-glyph.js';
import { thinMask } from './thin-mask.js';
import { traceLines } from './trace-lines.js';

const FACTOR = GRID / DIGIT_SIDE;

/**
 * An MNIST digit as a shape that any pen can draw.
 *
 * @param picture 28x28 bytes, white ink on black
 * @param keep share of the writer's stroke width: 1 keeps its variations, 0 keeps only the centre line, which a pen with a
 * constant width then follows
 */
export function mnistGlyph(label: string, picture: Uint8Array, keep: number): Glyph {
  const mask = inkOf(picture);
  const outside = distanceTransform(mask, GRID);
  const inside = distanceTransform(
    mask.map((value) => 1 - value),
    GRID,
  );
  const middle = thinMask(mask, GRID);
  const toMiddle = distanceTransform(middle, GRID);
  const half = meanDepth(middle, inside);
  const distances = new Float32Array(toMiddle.length);
  for (let at = 0; at < distances.length; at++) {
    const toOutline = outside[at] - inside[at] + half;
    distances[at] = keep * toOutline + (1 - keep) * toMiddle[at];
  }
  return { label, distances: smooth(distances, GRID), strokeWidth: 2 * half };
}

/** An MNIST digit as smooth strokes: the shape of a hand without the unevenness of the scan. */
export function mnistStrokes(label: string, picture: Uint8Array): Glyph {
  const mask = inkOf(picture);
  const middle = thinMask(mask, GRID);
  const inside = distanceTransform(
    mask.map((value) => 1 - value),
    GRID,
  );
  return {
    label,
    distances: distancesTo(traceLines(middle, GRID)),
    strokeWidth: 2 * meanDepth(middle, inside),
  };
}

function inkOf(picture: Uint8Array): Uint8Array {
  return Uint8Array.from(smooth(enlarge(picture), GRID), (level) => (level > 110 ? 1 : 0));
}

/** Mean distance of the centre lines from the edge of the ink. */
function meanDepth(middle: Uint8Array, inside: Float32Array): number {
  let sum = 0;
  let count = 0;
  for (let at = 0; at < middle.length; at++) {
    if (middle[at] === 0) continue;
    sum += inside[at];
    count++;
  }
  return count === 0 ? 0 : sum / count;
}

/** Bicubic enlargement (Keys, "Cubic convolution interpolation for digital image processing", 1981, a = -0.5). */
function enlarge(picture: Uint8Array): Float32Array {
  const wide = new Float32Array(DIGIT_SIDE * GRID);
  const tall = new Float32Array(GRID * GRID);
  for (let place = 0; place < GRID; place++) {
    const centre = (place + 0.5) / FACTOR - 0.5;
    const first = Math.floor(centre) - 1;
    const weights = [0, 1, 2, 3].map((tap) => cubic(centre - (first + tap)));
    for (let y = 0; y < DIGIT_SIDE; y++) {
      let sum = 0;
      for (let tap = 0; tap < 4; tap++) sum += weights[tap] * picture[y * DIGIT_SIDE + within(first + tap)];
      wide[y * GRID + place] = sum;
    }
  }
  for (let place = 0; place < GRID; place++) {
    const centre = (place + 0.5) / FACTOR - 0.5;
    const first = Math.floor(centre) - 1;
    const weights = [0, 1, 2, 3].map((tap) => cubic(centre - (first + tap)));
    for (let x = 0; x < GRID; x++) {
      let sum = 0;
      for (let tap = 0; tap < 4; tap++) sum += weights[tap] * wide[within(first + tap) * GRID + x];
      tall[place * GRID + x] = sum;
    }
  }
  return tall;
}

function within(place: number): number {
  return Math.min(DIGIT_SIDE - 1, Math.max(0, place));
}

function cubic(distance: number): number {
  const t = Math.abs(distance);
  if (t < 1) return 1.5 * t ** 3 - 2.5 * t ** 2 + 1;
  return t < 2 ? -0.5 * t ** 3 + 2.5 * t ** 2 - 4 * t + 2 : 0;
}
