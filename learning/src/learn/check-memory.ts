import { InkError } from '@inkcast/shared/errors';

/** Memory that must be free: the peak of a learning process is 256 MB (npm run bench -- learn). */
export const MIN_FREE_BYTES = 280 * 1024 * 1024;

/** @throws InkError INK_OUT_OF_MEMORY, before the system would have to end this or another program */
export function checkMemory(freeBytes: number): void {
  if (freeBytes >= MIN_FREE_BYTES) return;
  const [free, needed] = [freeBytes, MIN_FREE_BYTES].map((bytes) => Math.round(bytes / 1024 / 1024));
  throw new InkError('INK_OUT_OF_MEMORY', `Learning needs ${needed} MB of free memory, and ${free} MB are free.`, {
    remedy: 'Close other programs, or learn on another machine with inkcast learn.',
  });
}
