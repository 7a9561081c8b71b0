import { extname } from 'node:path';

const PICTURE_SUFFIXES = new Set(['.jpg', '.jpeg', '.png', '.webp']);

/** Whether a file's name says that it is a picture of a kind that `decodePicture` reads. */
export function isPicture(name: string): boolean {
  return PICTURE_SUFFIXES.has(extname(name).toLowerCase());
}
