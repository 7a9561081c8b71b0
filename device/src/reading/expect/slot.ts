/** A place of a row at which a digit may stand. */
export interface Slot {
  /** Natural logarithm of the probability of each digit, 0 to 9. */
  readonly digits: ArrayLike<number>;
  /** The same of no digit being there. */
  readonly none: number;
  /** Indices in the row of the slots of which at most one holds a digit with this one, since both show the same ink. */
  readonly conflicts: readonly number[];
}

/** A slot that holds a digit. */
export interface FilledSlot {
  /** Index of the slot in its row. */
  readonly slot: number;
  readonly digit: number;
}
