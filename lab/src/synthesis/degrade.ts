import type { Random } from '@inkcast/training/random';
import sharp, { type Sharp } from 'sharp';
import { chance, logUniform } from './draws.js';

/** Luma bytes, row-major. */
export interface Luma {
  readonly width: number;
  readonly height: number;
  readonly gray: Uint8Array;
}

/** Frames and digits of this size or smaller are not degraded further. */
const MIN_DIGIT_PIXELS = 11;
const MIN_SIDE_PIXELS = 160;
const MIN_SCALE = 0.35;

/** JPEG quality above which blocks and ringing are hardly visible. */
const MIN_GOOD_QUALITY = 80;

/** The output of a good camera: a JPEG of high quality. */
export async function compress({ width, height, gray }: Luma, random: Random): Promise<Uint8Array> {
  const raw = { width, height, channels: 1 } as const;
  const quality = MIN_GOOD_QUALITY + random.integer(101 - MIN_GOOD_QUALITY);
  return (await throughJpeg(sharp(gray, { raw }), quality)).raw().toBuffer();
}

/**
 * The output of cheap cameras and their software: a picture that was reduced and enlarged again, raised contrast, halos of
 * sharpening, blocks and ringing of JPEG with a quality from 30 on.
 *
 * @param detail height of the digits in pixels; they keep enough pixels to be legible
 */
export async function degrade(picture: Luma, detail: number, random: Random): Promise<Uint8Array> {
  const { width, height } = picture;
  const least = Math.max(MIN_SCALE, MIN_SIDE_PIXELS / Math.min(width, height), MIN_DIGIT_PIXELS / detail);
  const small = least < 1 && chance(random, 0.2);
  const factor = small ? logUniform(random, least, 1) : 1;
  const size = { width: Math.round(factor * width), height: Math.round(factor * height) };
  let image = sharp(picture.gray, { raw: { width, height, channels: 1 } });
  if (small) image = image.resize(size.width, size.height, { fit: 'fill', kernel: 'cubic' });
  if (chance(random, 0.08)) image = image.median(3);
  if (chance(random, 0.25))
    image = image.sharpen({ sigma: random.uniform(0.6, 2), m1: random.uniform(0.5, 2), m2: random.uniform(1, 4) });
  if (chance(random, 0.2)) {
    // Contrast is raised around the mean, so that paper stays below white.
    const slope = logUniform(random, 0.7, chance(random, 0.2) ? 2 : 1.4);
    image = image.linear(slope, (1 - slope) * mean(picture.gray) + random.uniform(-20, 10));
  }
  const decoded = await throughJpeg(image, 30 + random.integer(66));
  const enlarged = small
    ? decoded.resize(width, height, { fit: 'fill', kernel: chance(random, 0.3) ? 'nearest' : 'cubic' })
    : decoded;
  return enlarged.raw().toBuffer();
}

/** The picture after encoding as JPEG and decoding again. */
async function throughJpeg(image: Sharp, quality: number): Promise<Sharp> {
  return sharp(await image.toColourspace('b-w').jpeg({ quality }).toBuffer()).toColourspace('b-w');
}

function mean(gray: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < gray.length; at++) sum += gray[at];
  return sum / gray.length;
}
