import type { Random } from '@inkcast/training/random';

/** A part of Inkcast that takes input of one kind from outside. */
export interface FuzzTarget {
  /**
   * Gives the part one input, which depends on `random` alone, and waits until it is done with it.
   *
   * @throws what the part refuses the input with; an error that has no code of its own is a fault
   */
  feed(random: Random): Promise<void>;
  /** Number of native objects that are open, where the part has any. */
  readonly handles?: () => number;
  close(): Promise<void>;
}

/** @param folder for files, which is deleted afterwards */
export type OpenTarget = (folder: string) => Promise<FuzzTarget>;
