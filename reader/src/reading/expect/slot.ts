/** A place in a row where a digit may stand. */
export interface Slot {
  /** Natural logarithm of the probability of each digit from 0 to 9. */
  readonly digits: ArrayLike<number>;
  /** Natural logarithm of the probability that no digit is there. */
  readonly none: number;
  /** Indices of the slots in the row that show the same ink: if this slot holds a digit, they do not. */
  readonly conflicts: readonly number[];
}

/** A slot that holds a digit. */
export interface FilledSlot {
  /** Index of the slot in its row. */
  readonly slot: number;
  readonly digit: number;
}
