import type { LumaFrame } from '@inkcast/reader/vision';
import { InkError } from '@inkcast/shared/errors';
import { lumaOf } from './luma.js';
import type { Picture } from './messages.js';

/** As on the device: longer sides are scaled down, so that the time does not grow with the camera. */
const MAX_SIDE = 1280;

/** A picture as a frame, upright and on white. @throws InkError INK_IMAGE_UNREADABLE if the browser cannot decode it */
export async function frameOf(picture: Picture): Promise<LumaFrame> {
  if (!(picture instanceof Blob)) return frameOfPixels(picture);
  const bitmap = await createImageBitmap(picture).catch((cause: unknown) => {
    throw new InkError('INK_IMAGE_UNREADABLE', 'This browser cannot decode the file as a picture.', { cause });
  });
  try {
    const scale = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height));
    const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * scale)));
    const context = new OffscreenCanvas(width, height).getContext('2d');
    if (context === null) throw new InkError('INK_IMAGE_UNREADABLE', 'This browser has no canvas to decode with.');
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, width, height);
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, width, height);
    return frameOfPixels(context.getImageData(0, 0, width, height));
  } finally {
    bitmap.close();
  }
}

const frameOfPixels = ({ width, height, data }: ImageData): LumaFrame => ({ width, height, gray: lumaOf(data) });
