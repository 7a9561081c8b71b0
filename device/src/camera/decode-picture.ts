import { InkError } from '@inkcast/shared/errors';
import { readWholeFile } from '@inkcast/shared/files';
import { openSharp } from '../sharp/index.js';
import type { CameraJpeg, CaptureTime, Frame } from './frame.js';
import { JpegEnd } from './jpeg-end.js';
import { pictureFormat } from './picture-format.js';

/**
 * The longer side to which pictures are reduced, in pixels. The cost of reading must not grow with the sensor's
 * resolution.
 */
export const WORKING_SIDE = 1280;

const END_OF_JPEG = Uint8Array.of(0xff, 0xd9);
/** Line breaks and zeros that cameras append to a picture. */
const PADDING = new Set([0x00, 0x0a, 0x0d]);

/** A still picture, decoded for reading. */
export interface Picture {
  /** Size of the luma plane in pixels. */
  readonly width: number;
  readonly height: number;
  /** 8-bit luma, row-major, `width * height` bytes. */
  readonly gray: Uint8Array;
  /** Size of the original after rotation by its EXIF orientation. */
  readonly original: { readonly width: number; readonly height: number };
  /** The original itself, where it is a whole JPEG. */
  readonly jpeg?: CameraJpeg;
}

/** A picture as a frame of its source. */
export function frameOf(
  { width, height, gray, jpeg }: Picture,
  taken: CaptureTime & Pick<Frame, 'sequence' | 'file'>,
): Frame {
  return { width, height, gray, ...(jpeg && { jpeg }), ...taken };
}

/**
 * Decodes a JPEG, PNG, WebP, AVIF, TIFF or GIF file to luma. The picture is rotated by its EXIF orientation,
 * transparency becomes white, 16 bits are reduced to 8, and a picture whose longer side exceeds `maxSide` is scaled
 * down.
 *
 * A JPEG without an end marker is decoded if its picture is complete.
 *
 * @throws InkError INK_FILE_UNREADABLE if the file cannot be read; INK_IMAGE_UNREADABLE if it is empty, truncated, no
 * picture, or of an unsupported format
 */
export async function decodePicture(path: string, maxSide: number = WORKING_SIDE): Promise<Picture> {
  return decodeBytes(await readWholeFile(path), path, maxSide);
}

/**
 * Decodes a picture in memory like `decodePicture`.
 *
 * @param name the picture's name in messages
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
    if (whole !== undefined) return whole;
    const picture = await decode(bytes, maxSide, 'truncated');
    return format?.name === 'JPEG' ? { ...picture, jpeg: { bytes, ...picture.original } } : picture;
  } catch (cause) {
    throw new InkError('INK_IMAGE_UNREADABLE', `${name} cannot be decoded: ${reasonOf(cause)}.`, { cause });
  }
}

/** Decodes a JPEG after adding its missing end marker; `undefined` if part of the picture is missing too. */
async function decodeEnded(bytes: Uint8Array, maxSide: number): Promise<Picture | undefined> {
  const unpadded = bytes.subarray(0, bytes.findLastIndex((byte) => !PADDING.has(byte)) + 1);
  for (const picture of [bytes, unpadded]) {
    try {
      // With an end marker, a truncated picture only causes a warning.
      return await decode(Buffer.concat([picture, END_OF_JPEG]), maxSide, 'warning');
    } catch {
      // The error is ignored here: decoding the picture without the added marker reports the real cause.
    }
  }
  return undefined;
}

async function decode(bytes: Uint8Array, maxSide: number, failOn: 'truncated' | 'warning'): Promise<Picture> {
  const sharp = await openSharp();
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
