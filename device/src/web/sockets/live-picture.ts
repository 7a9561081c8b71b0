import { openSharp } from '../../sharp/index.js';
import type { SeenFrame } from '../web-device.js';

/** A JPEG of a frame. */
export interface LivePicture {
  readonly jpeg: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Good enough for an eye on a screen; a third of the bytes of what is published. */
const QUALITY = 75;
/** A larger picture of the camera, such as a photo, would take its time on a slow network. */
const MAX_CAMERA_BYTES = 400_000;

/** The camera's own JPEG, where it is a small one; else the frame, encoded in a thread of sharp's. */
export async function livePicture({ frame: { width, height, gray, jpeg } }: SeenFrame): Promise<LivePicture> {
  if (jpeg !== undefined && jpeg.bytes.length <= MAX_CAMERA_BYTES) {
    return { jpeg: jpeg.bytes, width: jpeg.width, height: jpeg.height };
  }
  const sharp = await openSharp();
  const encoded = await sharp(gray, { raw: { width, height, channels: 1 } })
    .jpeg({ quality: QUALITY })
    .toBuffer();
  return { jpeg: encoded, width, height };
}
