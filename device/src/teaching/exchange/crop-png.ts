import { DIGIT_SIDE } from '@inkcast/shared/normalization';
import { openSharp } from '../../sharp/index.js';

/** A crop as a PNG. @param pixels 28x28 bytes */
export async function cropPng(pixels: Uint8Array): Promise<Buffer> {
  const raw = { width: DIGIT_SIDE, height: DIGIT_SIDE, channels: 1 } as const;
  const sharp = await openSharp();
  return sharp(pixels, { raw }).toColourspace('b-w').png().toBuffer();
}
