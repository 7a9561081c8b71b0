import { DIGIT_SIDE } from '@inkcast/shared/normalization';
import { isAmbiguous } from './glyphs/ambiguous.js';
import { pictureOfMark } from './picture-of-mark.js';
import type { InkBox } from './render/paint-marks.js';
import type { SeenMark } from './render/render-scene.js';

/** A crop that a reader proposed, and its place in the frame. */
export interface ProposedCrop {
  readonly box: InkBox;
  /** 28x28 bytes, white ink on black. */
  readonly crop: Uint8Array;
}

/** A digit's class, `none`, or `unclear`, which the training ignores. */
export type CropLabel = number | 'none' | 'unclear';

/** Maximum distance of each side of a box from the mark's side, relative to the mark's longer side. */
const CLOSE = 0.1;
/** Minimum share of the mark's ink in the crop, and of the crop's ink that belongs to the mark. */
const MIN_HELD_SHARE = 0.8;
const MIN_OWN_SHARE = 0.85;
/** A crop with a smaller share of every digit that it touches is a piece. */
const MAX_PIECE_SHARE = 0.55;
/** Ink that is narrower than this (spread across relative to spread along) may be a 1, whatever its label. */
const MIN_NONE_ASPECT = 0.24;

/**
 * The label of a proposed crop, derived from the known characters of the frame. Crops that a person could not label either
 * are unclear: a straight piece of a 4 looks like a 1 without the rest.
 */
export function labelCandidate({ box, crop }: ProposedCrop, seen: readonly SeenMark[]): CropLabel {
  const touched = seen.filter((mark) => shared(box, mark.box) > 0);
  const fitting = touched.find((mark) => fits(box, mark.box));
  if (fitting !== undefined && isDigit(fitting))
    return holds(crop, fitting) ? Number(fitting.mark.glyph.label) : 'unclear';
  if (fitting !== undefined && isAmbiguous(fitting.mark.glyph.label)) return 'unclear';
  if (inkAspect(crop) < MIN_NONE_ASPECT) return 'unclear';
  if (fitting !== undefined) return 'none';
  const digits = touched.filter(isDigit);
  const whole = digits.filter((mark) => shared(box, mark.box) > MAX_PIECE_SHARE * area(mark.box));
  // Two digits in one crop, or less than a piece of one, are none; most of one digit with something else may be read.
  if (whole.length > 1) return area(box) > 1.35 * Math.max(...whole.map((mark) => area(mark.box))) ? 'none' : 'unclear';
  if (whole.length === 1) return area(box) > 2.2 * area(whole[0].box) ? 'none' : 'unclear';
  return 'none';
}

/** Whether a crop shows exactly one character that is no digit, such as a letter. */
export function isWholeCharacter({ box }: ProposedCrop, seen: readonly SeenMark[]): boolean {
  return seen.some((mark) => !isDigit(mark) && fits(box, mark.box));
}

const isDigit = ({ mark }: SeenMark): boolean => /^[0-9]$/.test(mark.glyph.label);

const area = ({ width, height }: InkBox): number => width * height;

function shared(a: InkBox, b: InkBox): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}

function fits(box: InkBox, mark: InkBox): boolean {
  const most = Math.max(2.5, CLOSE * Math.max(mark.width, mark.height));
  const sides = [
    box.x - mark.x,
    box.y - mark.y,
    box.x + box.width - mark.x - mark.width,
    box.y + box.height - mark.y - mark.height,
  ];
  return sides.every((side) => Math.abs(side) <= most);
}

/** Whether the crop shows almost all of the mark's ink, and little else. */
function holds(crop: Uint8Array, mark: SeenMark): boolean {
  const ideal = pictureOfMark(mark);
  const around = widened(ideal);
  const thick = widened(crop);
  let wanted = 0;
  let held = 0;
  let ink = 0;
  let own = 0;
  for (let at = 0; at < ideal.length; at++) {
    wanted += ideal[at];
    held += Math.min(ideal[at], thick[at]);
    ink += crop[at];
    own += Math.min(crop[at], around[at]);
  }
  return wanted > 0 && held >= MIN_HELD_SHARE * wanted && own >= MIN_OWN_SHARE * ink;
}

/** The largest value of each pixel and its eight neighbours: strokes of another width still lie over one another. */
function widened(picture: Uint8Array): Uint8Array {
  const result = new Uint8Array(picture.length);
  for (let y = 0; y < DIGIT_SIDE; y++) {
    for (let x = 0; x < DIGIT_SIDE; x++) {
      let most = 0;
      for (let ny = Math.max(0, y - 1); ny <= Math.min(DIGIT_SIDE - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(DIGIT_SIDE - 1, x + 1); nx++) {
          most = Math.max(most, picture[ny * DIGIT_SIDE + nx]);
        }
      }
      result[y * DIGIT_SIDE + x] = most;
    }
  }
  return result;
}

/** Width of a crop's ink against its height, the crop turned upright by its own slant. */
function inkAspect(crop: Uint8Array): number {
  let mass = 0;
  let sumX = 0;
  let sumY = 0;
  let sumXX = 0;
  let sumXY = 0;
  let sumYY = 0;
  for (let y = 0; y < DIGIT_SIDE; y++) {
    for (let x = 0; x < DIGIT_SIDE; x++) {
      const value = crop[y * DIGIT_SIDE + x];
      mass += value;
      sumX += value * x;
      sumY += value * y;
      sumXX += value * x * x;
      sumXY += value * x * y;
      sumYY += value * y * y;
    }
  }
  if (mass === 0) return 1;
  const yy = sumYY / mass - (sumY / mass) ** 2;
  const xy = sumXY / mass - (sumX * sumY) / mass ** 2;
  const xx = sumXX / mass - (sumX / mass) ** 2;
  // What spread is left across once the slant, the regression of x on y, is taken away.
  const across = Math.max(0, xx - (yy === 0 ? 0 : xy ** 2 / yy));
  return yy === 0 ? 1 : Math.sqrt(across / yy);
}
