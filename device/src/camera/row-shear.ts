import type { LumaPlane } from './picture-cutter.js';

/** Number of pixel pairs compared for each distance. With this many, chance moves their mean only by a few per cent. */
const SAMPLES = 1024;
/** Fractional parts of its multiples are spread over a range more evenly than random numbers. */
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;
/** Pixels that slanted edges in an intact picture may move from one row to the next. Padding is larger. */
const MAX_SLANT = 10;
/** In an intact picture, a pixel differs about as much from the one below it as from the one beside it. */
const SUSPICIOUS = 1.5;
/** Share of the difference at which another row length explains the picture better. */
const EXPLAINS = 0.6;
/**
 * Maximum difference across the picture's edge, relative to the difference within rows. A torn picture runs across its
 * edge.
 */
const MAX_EDGE = 1.5;
/** Minimum difference between pixels of neighbouring rows in a torn picture, in grey levels; less is noise. */
const MIN_DIFFERENCE = 2;
/** Pixels. In a narrower picture nothing can be measured. */
const MIN_WIDTH = 4 * MAX_SLANT;
const MIN_HEIGHT = 8;

/**
 * Detects sheared rows: the picture was cut into rows of the wrong length, so each row begins a constant number of
 * pixels too early or too late.
 *
 * Seen as one long line of pixels, such a picture repeats best at a distance other than its width. Pictures full of
 * slanted lines do so too, but their lines end at the edge of the picture, while a sheared picture continues across it.
 *
 * @returns the true row length in pixels; undefined if it is the width, or if nothing can be measured
 */
export function shearedRowLength({ width, height, gray }: LumaPlane): number | undefined {
  if (width < MIN_WIDTH || height < MIN_HEIGHT) return undefined;
  const longest = 2 * width - MAX_SLANT - 1;
  const samples = samplesOf(gray.length - longest);
  const upright = minDifference(gray, samples, width - MAX_SLANT, width + MAX_SLANT);
  const beside = differenceAt(gray, samples, 1);
  if (upright.difference < Math.max(MIN_DIFFERENCE, SUSPICIOUS * beside)) return undefined;

  const shorter = minDifference(gray, samples, Math.ceil(width / 2), width - MAX_SLANT - 1);
  const longer = minDifference(gray, samples, width + MAX_SLANT + 1, longest);
  const { distance } = shorter.difference < longer.difference ? shorter : longer;
  const isWithin = (at: number) => {
    const column = (at % width) + distance - width;
    return column >= 0 && column < width;
  };
  const parts = [samples.filter(isWithin), samples.filter((at) => !isWithin(at))];
  const [within, across] = parts.map((part) => differenceAt(gray, part, distance));
  const explains = parts.every((part) => {
    const { difference } = minDifference(gray, part, width - MAX_SLANT, width + MAX_SLANT);
    return differenceAt(gray, part, distance) < EXPLAINS * difference;
  });
  return explains && across <= MAX_EDGE * within + 1 ? distance : undefined;
}

/** Positions in the line of pixels, spread over its first `range`. */
function samplesOf(range: number): number[] {
  return Array.from({ length: SAMPLES }, (_, sample) => Math.floor(((sample * GOLDEN_RATIO) % 1) * range));
}

interface Repetition {
  /** In pixels along the line. */
  readonly distance: number;
  /** Mean difference in grey levels. */
  readonly difference: number;
}

/** The distance from `from` to `to`, both included, at which pixels differ least. */
function minDifference(gray: Uint8Array, samples: readonly number[], from: number, to: number): Repetition {
  let least = { distance: from, difference: Number.POSITIVE_INFINITY };
  for (let distance = from; distance <= to; distance++) {
    const difference = differenceAt(gray, samples, distance);
    if (difference < least.difference) least = { distance, difference };
  }
  return least;
}

/** The mean difference of pixels at this distance in the line of all pixels; 0 without pixels. */
function differenceAt(gray: Uint8Array, samples: readonly number[], distance: number): number {
  let sum = 0;
  for (const at of samples) sum += Math.abs(gray[at] - gray[at + distance]);
  return sum / Math.max(1, samples.length);
}
