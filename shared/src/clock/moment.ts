/** Milliseconds by which a date may drift before it counts as set. */
const MAX_DRIFT_MS = 1000;

/** The two clocks of a machine, both in milliseconds. */
export interface Clocks {
  /** The date, as `Date.now()`: it jumps when it is set. */
  readonly date: () => number;
  /** Time that never jumps, as `performance.now()`. */
  readonly running: () => number;
}

const SYSTEM: Clocks = { date: () => Date.now(), running: () => performance.now() };

/**
 * A moment, kept on a clock that never jumps. A Raspberry Pi begins in 1970 and learns the date from the network: its
 * first problem would have lasted for half a century.
 */
export class Moment {
  readonly #clocks: Clocks;
  readonly #at: number;
  #date: number;

  /** Now. */
  constructor(clocks: Clocks = SYSTEM) {
    this.#clocks = clocks;
    this.#at = clocks.running();
    this.#date = clocks.date();
  }

  /** When it was, by today's date. It stays the same to the millisecond until the date is set. */
  get date(): Date {
    const date = this.#clocks.date() - (this.#clocks.running() - this.#at);
    if (Math.abs(date - this.#date) > MAX_DRIFT_MS) this.#date = date;
    return new Date(this.#date);
  }
}
