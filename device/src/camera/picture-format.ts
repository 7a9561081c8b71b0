import { extname } from 'node:path';

/** The format of a picture by its first bytes, and whether `decodePicture` can decode it. */
export interface PictureFormat {
  readonly name: string;
  readonly read: boolean;
}

/** Enough bytes to recognize a format; the relevant brand may be one of the last compatible ones. */
export const TELLING_BYTES = 64;

const SIGNATURES: readonly (readonly [signature: string, format: PictureFormat])[] = [
  ['\xff\xd8\xff', { name: 'JPEG', read: true }],
  ['\x89PNG\r\n', { name: 'PNG', read: true }],
  ['GIF8', { name: 'GIF', read: true }],
  ['II*\0', { name: 'TIFF', read: true }],
  ['MM\0*', { name: 'TIFF', read: true }],
  ['BM', { name: 'BMP', read: false }],
  ['\0\0\0\x0cJXL ', { name: 'JPEG XL', read: false }],
  ['\xff\x0a', { name: 'JPEG XL', read: false }],
  ['\0\0\0\x0cjP  ', { name: 'JPEG 2000', read: false }],
];
/** Brands of HEIF (ISO/IEC 23008-12) that hold HEVC. AVIF has its own brand, also among the compatible ones. */
const HEIC_BRAND = /^(?:hei[cmsx]|hev[cmsx]|mif1|msf1)$/;

/** The format that the bytes begin with; `undefined` if it is unknown. */
export function pictureFormat(bytes: Uint8Array): PictureFormat | undefined {
  const head = Buffer.from(bytes.subarray(0, TELLING_BYTES)).toString('latin1');
  if (head.startsWith('RIFF') && head.startsWith('WEBP', 8)) return { name: 'WebP', read: true };
  if (!head.startsWith('ftyp', 4)) return SIGNATURES.find(([signature]) => head.startsWith(signature))?.[1];
  const brands = head.slice(8, Buffer.from(head, 'latin1').readUInt32BE(0));
  if (/avi[fs]/.test(brands)) return { name: 'AVIF', read: true };
  return HEIC_BRAND.test(brands.slice(0, 4)) ? { name: 'HEIC', read: false } : undefined;
}

const PICTURE_SUFFIXES = new Set([
  ...['.jpg', '.jpeg', '.jpe', '.jfif', '.png', '.webp', '.avif', '.tif', '.tiff', '.gif'],
  // Formats that `decodePicture` refuses by name. They are listed so that the user gets a message.
  ...['.heic', '.heif', '.hif', '.bmp', '.jxl', '.jp2'],
]);

/** Whether a file's name is that of a picture. */
export function isPicture(name: string): boolean {
  return PICTURE_SUFFIXES.has(extname(name).toLowerCase());
}
