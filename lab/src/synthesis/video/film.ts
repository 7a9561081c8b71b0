import type { NoiseTile } from '../noise-tile.js';
import type { Sheet } from './sheet.js';

/** Levels of luma that are not limited to bytes yet. */
export interface Exposure {
  readonly width: number;
  readonly height: number;
  readonly levels: Float32Array;
}

/** Luma of a hand, and the darkness of its shadow. */
const SKIN = 150;
const HAND_SHADOW = 0.25;

export function exposure(width: number, height: number): Exposure {
  return { width, height, levels: new Float32Array(width * height) };
}

/**
 * Lays a sheet into the picture, moved by `dx` and `dy` pixels; what lies beyond its border is left as it is where
 * `sliding`, else goes on as at the border. @param smear how far it moves while the picture is taken, in pixels
 */
export function laySheet(to: Exposure, sheet: Sheet, dx: number, dy: number, smear: number, sliding: boolean): void {
  const { width, height, luma } = sheet;
  const steps = Math.max(1, Math.round(Math.abs(smear)));
  const [left, top] = [Math.floor(-dx), Math.floor(-dy)];
  const [fx, fy] = [-dx - left, -dy - top];
  const within = (value: number, end: number): number => (value < 0 ? 0 : value >= end ? end - 1 : value);
  for (let y = 0; y < height; y++) {
    const upper = within(y + top, height) * width;
    const lower = within(y + top + 1, height) * width;
    for (let x = 0; x < width; x++) {
      if (sliding && (x + left < 0 || x + left >= width)) continue;
      let sum = 0;
      for (let step = 0; step < steps; step++) {
        const a = within(x + left + step, width);
        const b = within(x + left + step + 1, width);
        const above = luma[upper + a] * (1 - fx) + luma[upper + b] * fx;
        const below = luma[lower + a] * (1 - fx) + luma[lower + b] * fx;
        sum += above * (1 - fy) + below * fy;
      }
      to.levels[y * width + x] = sum / steps;
    }
  }
}

/** Draws a hand with its arm, which reaches in from below. @param x,y the middle of the hand, in pixels */
export function drawHand({ width, height, levels }: Exposure, x: number, y: number, noise: NoiseTile): void {
  const [palm, arm] = [70, 52];
  const reach = palm + 30;
  for (let v = Math.max(0, Math.floor(y - reach)); v < height; v++) {
    for (let u = Math.max(0, Math.floor(x - reach)); u < Math.min(width, x + reach); u++) {
      const [dx, dy] = [u - x, v - y];
      // Knuckles: the palm's edge swells and shrinks four times around its upper half.
      const edge = palm + (dy < 0 ? 9 * Math.cos(4 * Math.atan2(dx, -dy)) : 0);
      const outside = dy > 0 ? Math.min(Math.hypot(dx, dy) - edge, Math.abs(dx) - arm) : Math.hypot(dx, dy) - edge;
      const at = v * width + u;
      if (outside < 0) levels[at] = SKIN - 25 * (dx / palm) ** 2 + 4 * noise.smooth(dx / 9, dy / 9);
      else if (outside < 18) levels[at] *= 1 - HAND_SHADOW * (1 - outside / 18);
    }
  }
}

/** Approximates a lens out of focus: the mean over a square, applied twice. @param radius in pixels */
export function defocus({ width, height, levels }: Exposure, radius: number): void {
  if (radius < 1) return;
  const line = new Float32Array(Math.max(width, height));
  for (let round = 0; round < 2; round++) {
    for (let y = 0; y < height; y++) meanAlong(levels, line, y * width, 1, width, radius);
    for (let x = 0; x < width; x++) meanAlong(levels, line, x, width, height, radius);
  }
}

function meanAlong(
  levels: Float32Array,
  line: Float32Array,
  start: number,
  step: number,
  size: number,
  radius: number,
): void {
  for (let place = 0; place < size; place++) line[place] = levels[start + place * step];
  const value = (place: number): number => line[Math.min(size - 1, Math.max(0, place))];
  let sum = 0;
  for (let place = -radius; place <= radius; place++) sum += value(place);
  for (let place = 0; place < size; place++) {
    levels[start + place * step] = sum / (2 * radius + 1);
    sum += value(place + radius + 1) - value(place - radius);
  }
}

/** The bytes that the sensor makes of it. @param grain deviation of its noise in levels; `offset` another noise each */
export function develop(
  { width, height, levels }: Exposure,
  gain: number,
  noise: NoiseTile,
  grain: number,
  offset: number,
): Uint8Array {
  const gray = new Uint8Array(levels.length);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const level =
        levels[at] * gain + grain * noise.white(x + offset + 37 * (y >> 8), y + (offset >> 4) + 31 * (x >> 8));
      gray[at] = level <= 0 ? 0 : level >= 255 ? 255 : level + 0.5;
    }
  }
  return gray;
}
