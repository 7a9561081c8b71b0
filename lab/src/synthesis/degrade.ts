import type { Random } from '@inkcast/training/random';
import sharp from 'sharp';
import { chance, logUniform } from './draws.js';

/** Luma bytes, row-major. */
export interface Luma {
  readonly width: number;
  readonly height: number;
  readonly gray: Uint8Array;
}

/** A frame this small has lost what it had to lose. */
const SMALLEST_SIDE = 160;

/**
 * What cameras and the software behind them make of a picture: too few pixels, enlarged again; contrast pulled apart;
 * halos of sharpening; blocks and ringing of a JPEG encoder at any quality from 30 on.
 */
export async function degrade(picture: Luma, random: Random): Promise<Uint8Array> {
  const { width, height } = picture;
  const small = Math.min(width, height) > SMALLEST_SIDE && chance(random, 0.2);
  const factor = small ? logUniform(random, Math.max(0.4, SMALLEST_SIDE / Math.min(width, height)), 1) : 1;
  const size = { width: Math.round(factor * width), height: Math.round(factor * height) };
  let image = sharp(picture.gray, { raw: { width, height, channels: 1 } });
  if (small) image = image.resize(size.width, size.height, { fit: 'fill', kernel: 'cubic' });
  if (chance(random, 0.08)) image = image.median(3);
  if (chance(random, 0.25))
    image = image.sharpen({ sigma: random.uniform(0.6, 2), m1: random.uniform(0.5, 2), m2: random.uniform(1, 4) });
  if (chance(random, 0.2)) {
    const slope = random.uniform(1, 1.6);
    image = image.linear(slope, random.uniform(-0.6, 0.1) * 128 * (slope - 1) - random.uniform(-10, 10));
  }
  const jpeg = await image
    .toColourspace('b-w')
    .jpeg({ quality: 30 + random.integer(66) })
    .toBuffer();
  const decoded = sharp(jpeg).toColourspace('b-w');
  const enlarged = small
    ? decoded.resize(width, height, { fit: 'fill', kernel: chance(random, 0.3) ? 'nearest' : 'cubic' })
    : decoded;
  return enlarged.raw().toBuffer();
}
