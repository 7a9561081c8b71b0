import sharp from 'sharp';

/** What a picture may be at most. */
export interface PictureBounds {
  /** Pixels; a narrower picture stays as wide as it is. */
  readonly maxWidth?: number;
  /** Of the JPEG, 1 to 100. */
  readonly quality: number;
  readonly maxBytes?: number;
}

/** Qualities to go down to before the size: digits can still be told at the last. */
const LOWER_QUALITIES = [75, 60, 45, 30];
/** Each further try has this share of the width. */
const NARROWER = 0.75;
/** Nothing is seen on a picture that is narrower. */
const MIN_WIDTH = 64;

/**
 * A JPEG within bounds: of lesser quality first, then smaller. Where it cannot be within `maxBytes`, the smallest that was
 * tried.
 *
 * @param picture a JPEG of the highest quality that may be wanted
 */
export async function fitPicture(picture: Buffer, { maxWidth, quality, maxBytes }: PictureBounds): Promise<Buffer> {
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
