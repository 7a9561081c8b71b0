/** Much longer than a slow broker needs. A failed network is noticed earlier. */
export const ACKNOWLEDGE_MS = 60_000;

/**
 * Detects a broker that stays connected but stops acknowledging. Small brokers support only quality of service 0, which
 * MQTT 3.1.1 cannot express, and a broker that hangs may still answer pings. Brokers acknowledge in order, so only the
 * oldest message is watched.
 */
export class AcknowledgementWatch<T> {
  readonly #maxMs: number;
  readonly #onSilence: () => void;
  readonly #unanswered = new Set<T>();
  #timer: NodeJS.Timeout | undefined;
  #silentOn: T | undefined;

  /** @param onSilence called if the oldest message is not answered within `maxMs` */
  constructor(maxMs: number, onSilence: () => void) {
    this.#maxMs = maxMs;
    this.#onSilence = onSilence;
  }

  /** The message that was not answered in time. */
  get silentOn(): T | undefined {
    return this.#silentOn;
  }

  /** Must be called for each message that the broker has to answer. */
  sent(sent: T): void {
    this.#unanswered.add(sent);
    if (this.#unanswered.size === 1) this.#wait(sent);
  }

  /** Must be called for each answer, including refusals. */
  answered(sent: T): void {
    const [oldest] = this.#unanswered;
    this.#unanswered.delete(sent);
    if (sent !== oldest) return;
    clearTimeout(this.#timer);
    const [next] = this.#unanswered;
    if (next !== undefined) this.#wait(next);
  }

  /** Must be called when the connection ends. */
  end(): void {
    this.#unanswered.clear();
    clearTimeout(this.#timer);
  }

  #wait(oldest: T): void {
    this.#timer = setTimeout(() => {
      this.#silentOn = oldest;
      this.#onSilence();
    }, this.#maxMs);
  }
}
