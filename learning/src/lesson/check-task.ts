import { InkError } from '@inkcast/shared/errors';
import { type LabelledCrop, NONE } from '@inkcast/shared/teaching';

/** Labels to learn from, of all classes together, and of each class that is new. */
const MIN_LABELS = 10;
const MIN_LABELS_PER_NEW_CLASS = 5;

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
