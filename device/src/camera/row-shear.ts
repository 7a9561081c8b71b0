import type { LumaPlane } from './picture-cutter.js';

/** Pairs of pixels compared for each distance: enough that chance moves their mean by a few per cent only. */
const SAMPLES = 1024;
/** Multiples of it, without their whole parts, spread over a range more evenly than chance would. */
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;
/** Pixels that slanted edges of an upright picture may move from row to row; rows are padded by more. */
const MAX_SLANT = 10;
/** In an upright picture, a pixel differs from the one below it about as much as from the one beside it. */
const SUSPICIOUS = 1.5;
/** Share of the difference at which another distance between rows explains a picture better. */
const EXPLAINS = 0.6;
/** Times the difference within rows that the one across the edge may be: to a torn picture, its edge is nowhere. */
const MAX_EDGE = 1.5;
/** Grey levels that pixels of neighbouring rows differ by at least in a torn picture; less is noise. */
const MIN_DIFFERENCE = 2;
/** Pixels of the smallest picture of which anything can be told. */
const MIN_WIDTH = 4 * MAX_SLANT;
const MIN_HEIGHT = 8;

/**
 * Finds rows that shear: those of a picture whose rows were taken to be longer or shorter than they are, so that each
 * begins a constant number of pixels too early or too late.
 *
 * As one long line of pixels, such a picture repeats itself best at a distance that is not its width. So do pictures
 * full of slanted lines, but theirs end at the edge, which a torn picture runs across.
 *
 * @returns pixels from the beginning of a row to that of the next; undefined where they are as many as the picture is
 * wide, or where nothing can be told
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

/** Places in the line of pixels, spread over its first `range`. */
function samplesOf(range: number): number[] {
  return Array.from({ length: SAMPLES }, (_, sample) => Math.floor(((sample * GOLDEN_RATIO) % 1) * range));
}

interface Repetition {
  /** Pixels along the line. */
  readonly distance: number;
  /** Mean of grey levels. */
  readonly difference: number;
}

/** The distance between these two, both included, at which pixels differ least. */
function minDifference(gray: Uint8Array, samples: readonly number[], from: number, to: number): Repetition {
  let least = { distance: from, difference: Number.POSITIVE_INFINITY };
  for (let distance = from; distance <= to; distance++) {
    const difference = differenceAt(gray, samples, distance);
    if (difference < least.difference) least = { distance, difference };
  }
  return least;
}

/** The mean difference of pixels that lie this far apart in the line of all pixels; 0 of none. */
function differenceAt(gray: Uint8Array, samples: readonly number[], distance: number): number {
  let sum = 0;
  for (const at of samples) sum += Math.abs(gray[at] - gray[at + distance]);
  return sum / Math.max(1, samples.length);
}
