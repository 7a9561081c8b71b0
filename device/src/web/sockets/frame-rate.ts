/** Frames are counted over this time. */
const WINDOW_MS = 3000;

/** How many frames a second were read, over the last seconds. */
export class FrameRate {
  #times: number[] = [];

  /** @param now monotonic milliseconds */
  count(now: number): void {
    this.#times.push(now);
    this.#forget(now);
  }

  /** @param now monotonic milliseconds */
  perSecond(now: number): number {
    this.#forget(now);
    return Number((this.#times.length / (WINDOW_MS / 1000)).toFixed(1));
  }

  #forget(now: number): void {
    const first = this.#times.findIndex((time) => time > now - WINDOW_MS);
    this.#times = first < 0 ? [] : this.#times.slice(first);
  }
}
