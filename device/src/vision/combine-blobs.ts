import { areWithin } from './are-within.js';
import { type Blob, joinBlobs } from './blob.js';
import { boundingBox, gaps } from './geometry.js';

/** A blob that might be one digit, with the indices of the pieces of ink that it is made of. */
export interface Combination {
  readonly blob: Blob;
  /** Pieces of the same level that it uses, whole or in part. */
  readonly pieces: readonly number[];
}

/** Widest shape, against its height, that one digit takes. */
const WIDEST_DIGIT = 1.8;
/** Gap to one side, against the joined height, across which a stroke may have broken. */
const BROKEN_GAP = 0.25;
/** Two pieces both nearly as high as the whole are two digits unless they come this close. */
const CLOSE_GAP = 0.08;
const NEARLY_WHOLE = 0.75;
/** One below the other, with a larger gap against the joined height, is two rows. */
const UPRIGHT_GAP = 0.3;
/** Pieces may be joined only where their inks' contrasts are within this factor. */
const CONTRAST_FACTOR = 2.5;
/** One pen made them: their strokes' widths are within this factor. */
const STROKE_FACTOR = 3;
/** Pieces that one digit may be broken into. */
const MOST_PIECES = 3;
/** Blobs that are combined, the heaviest: bits of a printed grid must not crowd out the strokes that lie on it. */
const MOST_COMBINED = 100;
/** Where there are more unions than this, the frame is texture. */
const MOST_COMBINATIONS = 300;

/** Unions of neighbours that may be pieces of one digit: a 5 and its bar, a 4 in two strokes, a stroke that broke. */
export function combineBlobs(blobs: readonly Blob[]): Combination[] {
  const order = blobs
    .map((_, index) => index)
    .sort((a, b) => blobs[b].mass - blobs[a].mass)
    .slice(0, MOST_COMBINED)
    .sort((a, b) => blobs[a].box.x - blobs[b].box.x);
  const widest = Math.max(0, ...blobs.map((blob) => blob.box.width));
  const combinations: Combination[] = [];
  const extend = (members: readonly number[], rank: number): void => {
    const last = boundingBox(members.map((index) => blobs[index].box));
    for (let next = rank + 1; next < order.length; next++) {
      const candidate = order[next];
      const reach = BROKEN_GAP * 2 * Math.max(last.height, blobs[candidate].box.height);
      if (combinations.length === MOST_COMBINATIONS) return;
      if (blobs[candidate].box.x > last.x + Math.max(last.width, widest) + reach) break;
      const joined = [...members, candidate];
      if (!belongTogether(blobs, members, candidate)) continue;
      const blob = joinBlobs(
        joined.map((index) => blobs[index]),
        boundingBox(joined.map((index) => blobs[index].box)),
      );
      combinations.push({ blob, pieces: joined });
      if (joined.length < MOST_PIECES) extend(joined, next);
    }
  };
  order.forEach((index, rank) => {
    extend([index], rank);
  });
  return combinations;
}

function belongTogether(blobs: readonly Blob[], members: readonly number[], candidate: number): boolean {
  const added = blobs[candidate];
  const boxes = members.map((index) => blobs[index].box);
  const whole = boundingBox([...boxes, added.box]);
  if (whole.width > WIDEST_DIGIT * whole.height) return false;
  if (members.some((index) => isWithin(blobs[index], added) || isWithin(added, blobs[index]))) return false;
  return members.some((index) => mayTouch(blobs[index], added, whole.height));
}

/** Whether a blob is what is left of another one at a higher level, which then has all of its ink. */
function isWithin(inner: Blob, outer: Blob): boolean {
  const x = inner.box.x - outer.box.x;
  const y = inner.box.y - outer.box.y;
  if (x < 0 || y < 0 || x + inner.box.width > outer.box.width || y + inner.box.height > outer.box.height) return false;
  return outer.mask[y * outer.box.width + x + inner.mask.indexOf(1)] !== 0;
}

function mayTouch(a: Blob, b: Blob, wholeHeight: number): boolean {
  if (!areWithin(CONTRAST_FACTOR, a.contrast, b.contrast)) return false;
  if (!areWithin(STROKE_FACTOR, a.strokeWidth, b.strokeWidth)) return false;
  const { across, down } = gaps(a.box, b.box);
  const bothHigh = Math.min(a.box.height, b.box.height) > NEARLY_WHOLE * wholeHeight;
  if (bothHigh) return Math.max(across, down) <= CLOSE_GAP * wholeHeight;
  return across <= BROKEN_GAP * wholeHeight && down <= UPRIGHT_GAP * wholeHeight;
}
