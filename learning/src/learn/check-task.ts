import { InkError } from '@inkcast/shared/errors';
import { type LabelledCrop, NONE } from '@inkcast/shared/teaching';

/** Labels to learn from, of all classes together, and of each class that is new. */
const MIN_LABELS = 10;
const MIN_LABELS_PER_NEW_CLASS = 5;
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

/** @throws InkError INK_LEARNING_TOO_FEW saying how many there are */
export function checkCount(learning: readonly LabelledCrop[], newClasses: readonly string[]): void {
  if (learning.length < MIN_LABELS) {
    throw new InkError(
      'INK_LEARNING_TOO_FEW',
      `There are ${learning.length} labels to learn from, and ${MIN_LABELS} are needed; held-back and doubted ones do not count.`,
    );
  }
  for (const name of newClasses.filter((each) => each !== NONE)) {
    const count = learning.filter(({ label }) => label === name).length;
    if (count >= MIN_LABELS_PER_NEW_CLASS) continue;
    throw new InkError(
      'INK_LEARNING_TOO_FEW',
      `The class "${name}" has ${count} labels to learn from, and ${MIN_LABELS_PER_NEW_CLASS} are needed.`,
    );
  }
}
