import type { StoredFrame, StoredMark } from '@inkcast/lab/fit';
import { Random } from '@inkcast/training/random';

/** A mark that is whole and no letter of a word. */
export const markOf = (label: string, x: number, y: number, width: number, height: number): StoredMark => ({
  label,
  box: { x, y, width, height },
  within: 1,
  inWord: false,
});

/** A frame of noise. */
export function noise(width: number, height: number, marks: readonly StoredMark[] = [], seed = 1): StoredFrame {
  const random = new Random(seed);
  const gray = Uint8Array.from({ length: width * height }, () => random.integer(256));
  return { width, height, kind: 'noise', marks: [...marks], gray };
}
