import type { Clock } from './clock.js';

/** Goes off if no frame arrives for a time. Time spent on processing frames does not count. */
export class SilenceAlarm {
  readonly #silentAfter: number;
  readonly #clock: Clock;
  readonly #raise: () => void;
  #inHand = 0;
  #cancel: () => void = () => {};

  /** @param silentAfter milliseconds; 0 for never */
  constructor(silentAfter: number, clock: Clock, raise: () => void) {
    this.#silentAfter = silentAfter;
    this.#clock = clock;
    this.#raise = raise;
  }

  /** Starts the time for the next frame. */
  arm(): void {
    this.#cancel();
    if (this.#silentAfter === 0) return;
    this.#cancel = this.#clock.after(this.#silentAfter, () => {
      // A source of files waits for the frame that is being processed, so the source is not too slow.
      if (this.#inHand > 0) this.arm();
      else this.#raise();
    });
  }

  disarm(): void {
    this.#cancel();
  }

  /** Suspends the alarm while `work` processes a frame. */
  async during(work: Promise<void>): Promise<void> {
    this.#inHand++;
    this.arm();
    await work;
    this.#inHand--;
  }
}
