/** The agreement between one way of running a model and the reference. */
export interface Agreement {
  readonly outputs: number;
  /** Outputs of which every value is the same. */
  readonly identical: number;
  /** Largest difference of a value, in steps of the output's scale. */
  readonly largestDifference: number;
  /** Number of outputs with the largest value at the same index; null if the output is a map without labels. */
  readonly sameLabel: number | null;
}

/** Compares outputs with the reference's, one after the other. */
export class AgreementCount {
  #outputs = 0;
  #identical = 0;
  #largestDifference = 0;
  #sameLabel: number | null;

  constructor(outputs: 'labels' | 'maps' = 'labels') {
    this.#sameLabel = outputs === 'labels' ? 0 : null;
  }

  add(output: ArrayLike<number>, reference: ArrayLike<number>): void {
    const difference = largestDifference(reference, output);
    this.#outputs++;
    if (difference === 0) this.#identical++;
    if (this.#sameLabel !== null && largestAt(output) === largestAt(reference)) this.#sameLabel++;
    this.#largestDifference = Math.max(this.#largestDifference, difference);
  }

  get total(): Agreement {
    return {
      outputs: this.#outputs,
      identical: this.#identical,
      largestDifference: this.#largestDifference,
      sameLabel: this.#sameLabel,
    };
  }
}

function largestAt(values: ArrayLike<number>): number {
  let best = 0;
  for (let index = 1; index < values.length; index++) if (values[index] > values[best]) best = index;
  return best;
}

/** The largest difference between values in the same places, as many as the first list has. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0;
  for (let index = 0; index < a.length; index++) largest = Math.max(largest, Math.abs(a[index] - b[index]));
  return largest;
}
