import { extname } from 'node:path';

const PICTURE_SUFFIXES = new Set([
  ...['.jpg', '.jpeg', '.jpe', '.jfif', '.png', '.webp', '.avif', '.tif', '.tiff', '.gif'],
  // Those that `decodePicture` refuses by name: whoever puts them there waits for a word.
  ...['.heic', '.heif', '.hif', '.bmp', '.jxl', '.jp2'],
]);

/** Whether a file's name says that it is a picture. */
export function isPicture(name: string): boolean {
  return PICTURE_SUFFIXES.has(extname(name).toLowerCase());
}
