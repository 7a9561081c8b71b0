import { InkError } from '@inkcast/shared/errors';
import { type Dataset, pictureSize } from '../data/portable/index.js';

/** The class of a picture of one whole character that is no digit. For a model of digits it is `none`. */
export const OTHER_CHARACTER = 'other character';

/**
 * Pictures of what a model was trained on. A model that learns something new rehearses them, and so forgets less
 * (Robins, "Catastrophic Forgetting, Rehearsal and Pseudorehearsal", 1995).
 */
export interface ReplaySet {
  /** To learn from: digits, `none` and other characters. */
  readonly learn: Dataset;
  /** Those of MNIST's test pictures that the model is least sure of. Almost no other changes its label. */
  readonly hardTest: Dataset;
  /** Crops without a digit, to check with. Their label is `none`. */
  readonly negatives: Dataset;
}

export const REPLAY_PARTS = ['learn', 'hardTest', 'negatives'] as const satisfies readonly (keyof ReplaySet)[];

/**
 * The pictures of several data sets as one, with the classes given.
 *
 * @throws InkError INK_DATASET_INVALID naming a class with pictures that is none of them, or pictures of another size
 */
export function joinDatasets(name: string, classes: readonly string[], parts: readonly Dataset[]): Dataset {
  const [{ shape }] = parts;
  const count = parts.reduce((sum, { labels }) => sum + labels.length, 0);
  const images = new Uint8Array(count * pictureSize(shape));
  const labels = new Uint16Array(count);
  let place = 0;
  for (const part of parts) {
    if (part.shape.join() !== shape.join()) {
      const sizes = `${part.shape.slice(0, 2).join('x')}, and those of ${parts[0].name} ${shape.slice(0, 2).join('x')}`;
      throw new InkError('INK_DATASET_INVALID', `The pictures of ${part.name} are ${sizes}.`);
    }
    const classOf = part.classes.map((label) => classes.indexOf(label));
    images.set(part.images, place * pictureSize(shape));
    for (const label of part.labels) {
      if (classOf[label] < 0) {
        throw new InkError(
          'INK_DATASET_INVALID',
          `${part.name} has pictures of the class "${part.classes[label]}", which is none of ${classes.join(', ')}.`,
        );
      }
      labels[place++] = classOf[label];
    }
  }
  const sha256 = Object.assign({}, ...parts.map((part) => part.sha256));
  return { name, shape, images, labels, classes, sha256 };
}
