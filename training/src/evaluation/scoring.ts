import { InkError } from '@inkcast/shared/errors';

/** The results for one class. */
export interface ClassFigures {
  readonly label: string;
  /** Number of pictures of this class. */
  readonly images: number;
  readonly correct: number;
  /** Share of its pictures with the correct prediction; null without pictures. */
  readonly recall: number | null;
  /** Share of correct ones among the predictions of this class; null without such predictions. */
  readonly precision: number | null;
}

/** The score of a model on a data set. */
export interface Score {
  readonly images: number;
  /** Share of the pictures whose most probable label was the true one. */
  readonly accuracy: number;
  /** Mean cross-entropy in nats. */
  readonly loss: number;
  /** Recall of each label, in the order of the labels; null if the data set has no picture of it. */
  readonly perClass: readonly (number | null)[];
  /** Row: true label; column: predicted label. */
  readonly confusion: readonly (readonly number[])[];
  readonly classes: readonly ClassFigures[];
}

/** Computes a `Score` from single predictions. */
export class Scoring {
  readonly #labels: readonly string[];
  readonly #confusion: number[][];
  #images = 0;
  #lossSum = 0;

  /** @param labels the label of each output */
  constructor(labels: readonly string[]) {
    this.#labels = labels;
    this.#confusion = labels.map(() => new Array<number>(labels.length).fill(0));
  }

  /**
   * @param probabilities must not contain zero, which would make the mean loss infinite
   * @param label index of the true label among the labels
   */
  add(probabilities: Float32Array, label: number): void {
    let best = 0;
    for (let output = 1; output < probabilities.length; output++) {
      if (probabilities[output] > probabilities[best]) best = output;
    }
    this.#confusion[label][best]++;
    this.#lossSum -= Math.log(probabilities[label]);
    this.#images++;
  }

  score(): Score {
    const confusion = this.#confusion.map((row) => [...row]);
    const classes = classFigures(confusion, this.#labels);
    return {
      images: this.#images,
      accuracy: sum(classes.map(({ correct }) => correct)) / this.#images,
      loss: this.#lossSum / this.#images,
      perClass: classes.map(({ recall }) => recall),
      confusion,
      classes,
    };
  }
}

/** @param confusion row: true label; column: predicted label */
export function classFigures(
  confusion: readonly (readonly number[])[],
  labels: readonly string[],
): readonly ClassFigures[] {
  return labels.map((label, index) => {
    const images = sum(confusion[index]);
    const predicted = sum(confusion.map((row) => row[index]));
    const correct = confusion[index][index];
    return { label, images, correct, recall: ratio(correct, images), precision: ratio(correct, predicted) };
  });
}

/**
 * For each class of a data set, the index of the label with the same name.
 *
 * @throws InkError INK_DATASET_INVALID naming a class that the model does not know
 */
export function matchLabels(classes: readonly string[], labels: readonly string[], model: string): readonly number[] {
  return classes.map((name) => {
    const index = labels.indexOf(name);
    if (index >= 0) return index;
    throw new InkError(
      'INK_DATASET_INVALID',
      `The data set has the class "${name}", which ${model} does not know: it knows ${labels.join(', ')}.`,
    );
  });
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
