import type { Clock } from './clock.js';

/** Goes off when no frame has come for a time, frames that are still being processed aside. */
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

  /** Starts waiting for a frame, from now. */
  arm(): void {
    this.#cancel();
    if (this.#silentAfter === 0) return;
    this.#cancel = this.#clock.after(this.#silentAfter, () => {
      // A source of files waits for the frame in hand: it is not the camera that is slow.
      if (this.#inHand > 0) this.arm();
      else this.#raise();
    });
  }

  disarm(): void {
    this.#cancel();
  }

  /** A frame has come and is processed by `work`. */
  async during(work: Promise<void>): Promise<void> {
    this.#inHand++;
    this.arm();
    await work;
    this.#inHand--;
  }
}
