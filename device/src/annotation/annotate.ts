import type { LumaFrame } from '@inkcast/reader/vision';
import { openSharp } from '../sharp/index.js';
import { type Annotated, overlaySvg } from './overlay.js';

/** Higher than the default of published pictures, which are made from this one. */
const QUALITY = 95;

/** A JPEG of a frame with its boxes, which are in pixels of the frame. */
export async function annotateFrame({ width, height, gray }: LumaFrame, annotated: Annotated): Promise<Buffer> {
  const sharp = await openSharp();
  return sharp(gray, { raw: { width, height, channels: 1 } })
    .toColourspace('srgb')
    .composite([{ input: Buffer.from(overlaySvg({ width, height }, annotated)) }])
    .jpeg({ quality: QUALITY })
    .toBuffer();
}

/**
 * A JPEG of a picture file in its colours with boxes. The boxes are in pixels of the picture as it was read: turned
 * upright and reduced to `size`.
 */
export async function annotatePicture(
  path: string,
  size: { readonly width: number; readonly height: number },
  annotated: Annotated,
): Promise<Buffer> {
  const sharp = await openSharp();
  const upright = await sharp(path)
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .resize(size.width, size.height, { fit: 'fill' })
    .toColourspace('srgb')
    .png({ compressionLevel: 0 })
    .toBuffer();
  return sharp(upright)
    .composite([{ input: Buffer.from(overlaySvg(size, annotated)) }])
    .jpeg({ quality: QUALITY })
    .toBuffer();
}
