import sharp from 'sharp';
import type { SeenFrame } from '../web-device.js';

/** A JPEG of a frame. */
export interface LivePicture {
  readonly jpeg: Buffer;
  readonly width: number;
  readonly height: number;
}

/** Good enough for an eye on a screen; a third of the bytes of what is published. */
const QUALITY = 75;

/** Encodes a frame, in a thread of sharp's. */
export async function livePicture({ frame: { width, height, gray } }: SeenFrame): Promise<LivePicture> {
  const jpeg = await sharp(gray, { raw: { width, height, channels: 1 } })
    .jpeg({ quality: QUALITY })
    .toBuffer();
  return { jpeg, width, height };
}
