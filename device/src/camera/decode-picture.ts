import { InkError } from '@inkcast/shared/errors';
import { readWholeFile } from '@inkcast/shared/files';
import sharp from 'sharp';
import { JpegEnd } from './jpeg-end.js';
import { pictureFormat } from './picture-format.js';

/** The longer side, in pixels, that pictures are reduced to: reading must not cost what the sensor's megapixels do. */
export const WORKING_SIDE = 1280;

const END_OF_JPEG = Uint8Array.of(0xff, 0xd9);
/** Line breaks and zeros, as cameras leave them behind a picture. */
const PADDING = new Set([0x00, 0x0a, 0x0d]);

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
 * Decodes a JPEG, PNG, WebP, AVIF, TIFF or GIF file to luma: turned as EXIF says, transparency on white, 16 bits reduced to 8, reduced
 * (never enlarged) so that its longer side is at most `maxSide`.
 *
 * A JPEG that lacks its end marker is read where the picture itself is whole.
 *
 * @throws InkError INK_FILE_UNREADABLE for a file that cannot be read; INK_IMAGE_UNREADABLE for one that is empty,
 * cut off, no picture, or one of a format that is not read
 */
export async function decodePicture(path: string, maxSide: number = WORKING_SIDE): Promise<Picture> {
  return decodeBytes(await readWholeFile(path), path, maxSide);
}

/**
 * Decodes a picture in memory, as `decodePicture` does.
 *
 * @param name what messages call it
 */
export async function decodeBytes(bytes: Uint8Array, name: string, maxSide: number = WORKING_SIDE): Promise<Picture> {
  if (bytes.length === 0) throw new InkError('INK_IMAGE_UNREADABLE', `${name} is empty.`);
  const format = pictureFormat(bytes);
  if (format?.read === false) {
    throw new InkError('INK_IMAGE_UNREADABLE', `${name} is a ${format.name} picture, which Inkcast does not read.`, {
      remedy: 'Have the camera save JPEG (iPhone: Settings, Camera, Formats, Most Compatible), or convert the picture.',
    });
  }
  try {
    const lacksEnd = format?.name === 'JPEG' && new JpegEnd().find(Buffer.from(bytes)) === undefined;
    const whole = lacksEnd ? await decodeEnded(bytes, maxSide) : undefined;
    return whole ?? (await decode(bytes, maxSide, 'truncated'));
  } catch (cause) {
    throw new InkError('INK_IMAGE_UNREADABLE', `${name} cannot be decoded: ${reasonOf(cause)}.`, { cause });
  }
}

/** A JPEG with the end marker that it lacks; `undefined` where part of the picture is missing too. */
async function decodeEnded(bytes: Uint8Array, maxSide: number): Promise<Picture | undefined> {
  const unpadded = bytes.subarray(0, bytes.findLastIndex((byte) => !PADDING.has(byte)) + 1);
  for (const picture of [bytes, unpadded]) {
    try {
      // A picture that is cut off is no more than a warning, once there is a marker.
      return await decode(Buffer.concat([picture, END_OF_JPEG]), maxSide, 'warning');
    } catch {
      // Of why it cannot be decoded the marker is no part: the picture as it is will tell.
    }
  }
  return undefined;
}

async function decode(bytes: Uint8Array, maxSide: number, failOn: 'truncated' | 'warning'): Promise<Picture> {
  const upright = sharp(bytes, { failOn }).autoOrient();
  const { width, height } = (await upright.metadata()).autoOrient;
  const { data, info } = await upright
    .flatten({ background: '#ffffff' })
    .resize(maxSide, maxSide, { fit: 'inside', withoutEnlargement: true })
    .grayscale()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return {
    width: info.width,
    height: info.height,
    gray: new Uint8Array(data.buffer, data.byteOffset, data.length),
    original: { width, height },
  };
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
}
