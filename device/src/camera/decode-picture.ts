import { InkError } from '@inkcast/shared/errors';
import { readWholeFile } from '@inkcast/shared/files';
import sharp from 'sharp';

/** The longer side, in pixels, that pictures are reduced to: reading must not cost what the sensor's megapixels do. */
export const WORKING_SIDE = 1280;

/** A still picture as the reader works on it. */
export interface Picture {
  /** Size of the luma plane in pixels. */
  readonly width: number;
  readonly height: number;
  /** 8-bit luma, row-major, `width * height` bytes. */
  readonly gray: Uint8Array;
  /** Size of the original, turned as its EXIF orientation says. */
  readonly original: { readonly width: number; readonly height: number };
}

/**
 * Decodes a JPEG, PNG or WebP file to luma: turned as EXIF says, transparency on white, 16 bits reduced to 8, reduced
 * (never enlarged) so that its longer side is at most `longestSide`.
 *
 * @throws InkError INK_FILE_UNREADABLE for a file that cannot be read; INK_IMAGE_UNREADABLE for one that is empty,
 * cut off, or no picture
 */
export async function decodePicture(path: string, longestSide: number = WORKING_SIDE): Promise<Picture> {
  return decodeBytes(await readWholeFile(path), path, longestSide);
}

/**
 * Decodes a picture in memory, as `decodePicture` does.
 *
 * @param name what messages call it
 */
export async function decodeBytes(
  bytes: Uint8Array,
  name: string,
  longestSide: number = WORKING_SIDE,
): Promise<Picture> {
  if (bytes.length === 0) throw new InkError('INK_IMAGE_UNREADABLE', `${name} is empty.`);
  try {
    const upright = sharp(bytes, { failOn: 'truncated' }).autoOrient();
    const { width, height } = (await upright.metadata()).autoOrient;
    const { data, info } = await upright
      .flatten({ background: '#ffffff' })
      .resize(longestSide, longestSide, { fit: 'inside', withoutEnlargement: true })
      .grayscale()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return {
      width: info.width,
      height: info.height,
      gray: new Uint8Array(data.buffer, data.byteOffset, data.length),
      original: { width, height },
    };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new InkError('INK_IMAGE_UNREADABLE', `${name} cannot be decoded: ${reason}.`, { cause });
  }
}
