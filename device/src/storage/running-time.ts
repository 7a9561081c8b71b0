/** A longer step means that the process was suspended, because the time is read every hour. */
const MAX_STEP_MS = 86_400_000;

/**
 * How long daemons have run, in whole milliseconds. Ages are measured by it and not by the date: a machine without a
 * battery sets its clock only when it finds the network, and may be wrong by decades before (docs/decisions/069).
 */
export class RunningTime {
  readonly #now: () => number;
  #last: number;
  #elapsed = 0;
  #before = 0;

  /** @param now monotonic milliseconds */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#last = now();
  }

  /** Of this process. */
  get elapsed(): number {
    const now = this.#now();
    this.#elapsed += Math.min(Math.max(0, now - this.#last), MAX_STEP_MS);
    this.#last = now;
    return Math.round(this.#elapsed);
  }

  /** Of all runs before this process, as far as the database knows. */
  get before(): number {
    return this.#before;
  }

  get total(): number {
    return this.#before + this.elapsed;
  }

  /** Continues from the total in a database. */
  goOnFrom(total: number): void {
    this.#before = total - this.elapsed;
  }
}
