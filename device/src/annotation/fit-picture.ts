import { openSharp } from '../sharp/index.js';

/** The limits of a picture. */
export interface PictureBounds {
  /** In pixels; a narrower picture keeps its width. */
  readonly maxWidth?: number;
  /** Of the JPEG, from 1 to 100. */
  readonly quality: number;
  readonly maxBytes?: number;
}

/** Qualities to try before the size is reduced. Digits are still readable at the last one. */
const LOWER_QUALITIES = [75, 60, 45, 30];
/** Factor of the width for each further try. */
const NARROWER = 0.75;
/** A narrower picture shows nothing. */
const MIN_WIDTH = 64;

/**
 * A JPEG within the limits: first the quality is lowered, then the size. If it cannot be within `maxBytes`, the
 * smallest try is returned.
 *
 * @param picture a JPEG of the highest quality needed
 */
export async function fitPicture(picture: Buffer, { maxWidth, quality, maxBytes }: PictureBounds): Promise<Buffer> {
  const sharp = await openSharp();
  const { width = 0 } = await sharp(picture).metadata();
  let wide = Math.min(width, maxWidth ?? width);
  const encode = (to: number) => sharp(picture).resize(wide).jpeg({ quality: to }).toBuffer();
  let fitted = await encode(quality);
  if (maxBytes === undefined) return fitted;
  const lower = LOWER_QUALITIES.filter((one) => one < quality);
  for (const one of lower) {
    if (fitted.length <= maxBytes) return fitted;
    fitted = await encode(one);
  }
  const lowest = lower.at(-1) ?? quality;
  while (fitted.length > maxBytes && wide * NARROWER >= MIN_WIDTH) {
    wide = Math.floor(wide * NARROWER);
    fitted = await encode(lowest);
  }
  return fitted;
}
