import type { Random } from '@inkcast/training/random';
import { chance, isAmbiguous, isPrintedDigit, logUniform, pick } from '../../synthesis/index.js';
import type { StoredFrame, StoredMark } from '../frames/frame-file.js';
import { alterLuma } from './alter-luma.js';
import { fillBeyond, ignoreBeyond } from './beyond-frame.js';
import { CUT_SIDE, MAX_SPOT_SIDE, MIN_SPOT_SIDE } from './cut-size.js';
import { cutSquare } from './cut-square.js';
import { encodeTargets, type PlacedMark, type SpotTargets } from './encode-targets.js';

/** Range of scales: pixels of a cut per pixel of the frame. */
const MIN_CUT_SCALE = 0.08;
const MAX_CUT_SCALE = 1.6;
/** Share of cuts that may extend beyond a large frame, and the maximum, relative to the side of the cut. */
const MAY_REACH_BEYOND = 0.3;
const MAX_BEYOND = 0.12;
/** Share of cuts around a digit, in frames with digits. */
const AROUND_DIGIT = 0.85;
/** Share of the other cuts that are made around a letter of a word or print that looks like a digit, where the frame has one. */
const AROUND_LOOK_ALIKE = 0.6;

/** A piece of a frame as input of the spotter, and its targets. */
export interface Cut {
  /** `CUT_SIDE` x `CUT_SIDE` values, luma from 0 to 1. */
  readonly luma: Float32Array;
  readonly targets: SpotTargets;
}

const isDigit = ({ label }: StoredMark): boolean => /^[0-9]$/.test(label);
const isLookAlike = ({ label, inWord }: StoredMark): boolean => (inWord && isAmbiguous(label)) || isPrintedDigit(label);

/**
 * A piece of `frame` at a random place and scale. Most pieces are around a digit, or a character that looks like one, and
 * scale it to a size that the spotter can find.
 *
 * @param other a frame that may be visible beyond the edge of the first, like the next octave in a mosaic
 */
export function sampleCut(frame: StoredFrame, other: StoredFrame, random: Random): Cut {
  const around =
    markOf(frame.marks.filter(isDigit), AROUND_DIGIT, random) ??
    markOf(frame.marks.filter(isLookAlike), AROUND_LOOK_ALIKE, random);
  const scale = Math.min(MAX_CUT_SCALE, Math.max(MIN_CUT_SCALE, wantedScale(frame, around, random)));
  const side = CUT_SIDE / scale;
  const left = placeOf(around?.box.x, around?.box.width, frame.width, side, random);
  const top = placeOf(around?.box.y, around?.box.height, frame.height, side, random);
  const luma = cutSquare(frame, { left, top, side }, CUT_SIDE);
  const inside = {
    left: -left * scale,
    top: -top * scale,
    right: (frame.width - left) * scale,
    bottom: (frame.height - top) * scale,
  };
  const isForeign = fillBeyond(luma, inside, other, random);
  alterLuma(luma, CUT_SIDE, random);
  const isShown = ({ box }: StoredMark): boolean =>
    box.x + box.width >= left && box.y + box.height >= top && box.x <= left + side && box.y <= top + side;
  const marks = frame.marks.filter(isShown).map(
    ({ box, ...mark }): PlacedMark => ({
      ...mark,
      box: {
        x: (box.x - left) * scale,
        y: (box.y - top) * scale,
        width: box.width * scale,
        height: box.height * scale,
      },
    }),
  );
  const targets = encodeTargets(marks, CUT_SIDE);
  if (isForeign) ignoreBeyond(targets, inside);
  return { luma, targets };
}

/** One of these marks with the probability `share`, otherwise undefined. */
const markOf = (marks: readonly StoredMark[], share: number, random: Random): StoredMark | undefined =>
  marks.length > 0 && chance(random, share) ? pick(random, marks) : undefined;

function wantedScale({ width, height }: StoredFrame, around: StoredMark | undefined, random: Random): number {
  if (around === undefined) return logUniform(random, Math.min(1, 48 / Math.max(width, height)), 1.2);
  return logUniform(random, MIN_SPOT_SIDE, MAX_SPOT_SIDE) / Math.max(4, around.box.width, around.box.height);
}

/** The start of a cut along one axis. The mark's centre is at a random place in it; most of the cut is in the frame. */
function placeOf(
  start: number | undefined,
  length: number | undefined,
  frameSide: number,
  side: number,
  random: Random,
): number {
  const middle = start === undefined || length === undefined ? random.uniform(0, frameSide) : start + length / 2;
  const place = middle - random.uniform(0.08, 0.92) * side;
  const beyond = side >= frameSide || chance(random, MAY_REACH_BEYOND) ? MAX_BEYOND * side : 0;
  const last = Math.max(frameSide - side, 0);
  return Math.min(Math.max(place, Math.min(frameSide - side, 0) - beyond), last + beyond);
}
